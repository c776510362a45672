import { useEffect, useRef } from 'hono/jsx/dom';
import type { ComponentChildren } from './children.ts';

/** Something to read or to answer before all else; Esc closes it. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current!;
    dialog.addEventListener('close', onClose);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('close', onClose);
    };
  }, []);
  return (
    <dialog ref={element} aria-labelledby="dialog-title">
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}
