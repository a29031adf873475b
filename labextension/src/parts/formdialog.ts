// A dialog around a form: it stays open until what it asks for is done, and leaves its keys to the fields.

import { Dialog } from '@jupyterlab/apputils';
import type { IChanging, View } from './view';

const ACCEPT = 1;

export class FormDialog extends Dialog<null> {
  constructor(options: FormDialog.IOptions) {
    super({
      title: options.title,
      body: options.body as unknown as Dialog.IBodyWidget<null>,
      buttons: [
        Dialog.cancelButton({ label: options.cancelLabel, className: 'mlnb-FormDialog-cancel' }),
        Dialog.okButton({ label: options.acceptLabel, className: options.acceptClass })
      ],
      defaultButton: ACCEPT,
      focusNodeSelector: options.focus
    });
    this.addClass('mlnb-FormDialog');
    options.body.addClass('mlnb-FormDialog-body');
    this._options = options;
    this._model = options.model;
    this._model.changed.connect(this.refresh, this);
    this.refresh();
    void this.ready.then(() => this._keepFocus());
  }

  override dispose(): void {
    this._model?.changed.disconnect(this.refresh, this);
    super.dispose();
  }

  /** Stay open until it is done: a refusal is shown where it can be mended. */
  override resolve(index: number = ACCEPT): void {
    if (index !== ACCEPT) {
      this._leave(() => super.resolve(index));
      return;
    }
    if (!this._options.canAccept()) {
      return;
    }
    void this._options.accept().then(done => {
      if (done && !this.isDisposed) {
        super.resolve(ACCEPT);
      }
    });
  }

  override reject(): void {
    this._leave(() => super.reject());
  }

  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.type === 'keydown' && this._isOfField(event)) {
      return;
    }
    if (event.type === 'focus' && this._returnsFocus(event)) {
      return;
    }
    super.handleEvent(event);
    if (event.type === 'input') {
      this.refresh(); // JupyterLab enables the button whenever the fields are valid
    }
  }

  protected refresh(): void {
    const button = this.node.querySelectorAll<HTMLButtonElement>('.jp-Dialog-button')[ACCEPT];
    if (button) {
      button.disabled = !this._options.canAccept();
    }
    if (this.isAttached) {
      setTimeout(() => this._keepFocus()); // when the form has been drawn
    }
  }

  /**
   * A notebook or launcher that becomes ready behind the dialog takes the focus; it goes back to the field that had
   * it. JupyterLab would give it to the first one, and what is being typed would land there.
   */
  private _returnsFocus(event: Event): boolean {
    const target = event.target;
    if (!(target instanceof HTMLElement) || this.node.contains(target)) {
      this._focused = target instanceof HTMLElement ? target : this._focused;
      return false;
    }
    if (!this._focused?.isConnected) {
      return false;
    }
    event.stopPropagation();
    this._focused.focus();
    return true;
  }

  /** What has the focus may go, as when a form takes the place of a notice: no key must get lost then. */
  private _keepFocus(): void {
    const { activeElement } = document;
    const isLost = !this.node.contains(activeElement) || activeElement === this._standIn;
    if (this.isDisposed || !this.isAttached || !isLost) {
      return;
    }
    const body = this.node.querySelector('.mlnb-FormDialog-body');
    const wanted = body?.querySelector<HTMLElement>(`${this._options.focus}:enabled`);
    const standIn =
      body?.querySelector<HTMLElement>('button:enabled') ??
      this.node.querySelector<HTMLElement>('.mlnb-FormDialog-cancel');
    this._standIn = wanted ? null : standIn;
    (wanted ?? standIn)?.focus();
  }

  /** Enter ends the composition of an input method, presses the button that has the focus, takes a choice. */
  private _isOfField(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    const inBody = target.closest('.mlnb-FormDialog-body') !== null;
    if (!inBody) {
      return false;
    }
    if (event.key === 'Enter') {
      const ownEnter = target instanceof HTMLButtonElement || target.tagName === 'SUMMARY';
      return event.isComposing || ownEnter || isOpenList(target);
    }
    return event.key === 'Escape' && (event.isComposing || isOpenList(target));
  }

  private _leave(leave: () => void): void {
    if (!this._options?.leave?.()) {
      leave();
    }
  }

  private readonly _options: FormDialog.IOptions;
  private readonly _model: IChanging;
  private _standIn: HTMLElement | null = null;
  private _focused: HTMLElement | null = null;
}

export namespace FormDialog {
  export interface IOptions {
    title: string;
    body: View;
    cancelLabel: string;
    acceptLabel: string;
    acceptClass: string;
    /** What has the focus at first, as a selector within the body. */
    focus: string;
    model: IChanging;
    canAccept: () => boolean;
    /** Do it, and say whether it is done. */
    accept: () => Promise<boolean>;
    /** Called before the dialog is left; true keeps it open. */
    leave?: () => boolean;
  }
}

function isOpenList(target: HTMLElement): boolean {
  return target.getAttribute('role') === 'combobox' && target.getAttribute('aria-expanded') === 'true';
}
