/** The app of the article; the label `appname` of its pods. */
export const APP_NAME = 'myapp';
/** The port on which the app answers, and its Service. */
export const APP_PORT = 5555;
/** The Service in front of every release of the app. */
export const SERVICE_NAME = 'myapp-svc';
/** The Job that sends the load. */
export const TRAFFIC_NAME = 'traffic';
/** Seconds for which a pod goes on answering after SIGTERM, while its endpoints are withdrawn. */
export const DRAIN_SECONDS = 5;
