// The dialog that gives a notebook the name of its kind, and says what else would change.

import * as React from 'react';
import type { Moved, RenamePreview } from '../api/schema';
import { KindPicker } from '../create/kindpicker';
import { errorMark, kindIcon } from '../icons';
import { FormDialog } from '../parts/formdialog';
import { Notice } from '../parts/notice';
import { Prose } from '../parts/prose';
import { View } from '../parts/view';
import type { Text } from '../text';
import type { RenameModel } from './model';

export class RenameDialog extends FormDialog {
  constructor(options: RenameDialog.IOptions) {
    const { model, text, keeps } = options;
    const { trans } = text;
    let moved: Moved | null = null;
    const body = new View({ models: [model], draw: () => <RenameForm model={model} text={text} /> });
    body.addClass('mlnb-RenameDialog');
    super({
      title: keeps ? trans.__('Keep this notebook') : trans.__('Rename notebook'),
      body,
      cancelLabel: trans.__('Cancel'),
      acceptLabel: keeps ? trans.__('Keep') : trans.__('Rename'),
      acceptClass: 'mlnb-RenameDialog-rename',
      focus: 'input[name=title]',
      model,
      canAccept: () => model.canRename,
      accept: async () => (moved = await model.rename()) !== null
    });
    this._moved = () => moved;
  }

  /** What followed from the rename, once the dialog is closed; null if it was cancelled. */
  get moved(): Moved | null {
    return this._moved();
  }

  private readonly _moved: () => Moved | null;
}

export namespace RenameDialog {
  export interface IOptions {
    model: RenameModel;
    text: Text;
    /** Whether it is a scratch notebook that somebody wants to keep. */
    keeps: boolean;
  }
}

interface IProps {
  model: RenameModel;
  text: Text;
}

export function RenameForm({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  if (model.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.load() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  return (
    <div className="mlnb-Form" aria-busy={model.state !== 'ready'}>
      <label className="mlnb-Form-wide" htmlFor="mlnb-rename-title">
        {trans.__('What is it about?')}
      </label>
      <input
        id="mlnb-rename-title"
        name="title"
        className="jp-mod-styled mlnb-Form-wide"
        autoComplete="off"
        autoFocus
        spellCheck
        value={model.title}
        aria-describedby="mlnb-rename-preview"
        aria-invalid={Boolean(model.preview?.problem)}
        onChange={event => model.setTitle(event.target.value)}
      />
      <KindPicker
        id="mlnb-rename-kind"
        kind={model.kind}
        text={text}
        onChoose={kind => model.setKind(kind)}
      />
      <Reasons model={model} text={text} />
      <Preview model={model} text={text} />
    </div>
  );
}

/** Why this kind was proposed; nothing once another one is chosen. */
function Reasons({ model, text }: IProps): JSX.Element {
  const { guess } = model;
  if (!guess?.kind || model.isNamed || guess.kind !== model.kind || guess.reasons.length === 0) {
    return <></>;
  }
  return (
    <p className="mlnb-Form-hint mlnb-Muted">
      <Prose>{text.sentence(guess.reasons.join(', '))}</Prose>
    </p>
  );
}

function Preview({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const refused = model.isAsBefore ? null : (model.preview?.problem ?? null);
  const problem = (model.state === 'ready' && model.error) || refused;
  const Icon = problem === null ? kindIcon(model.kind) : errorMark;
  const { shown } = model;
  return (
    <div id="mlnb-rename-preview" className="mlnb-Form-preview" role="status" data-problem={problem !== null}>
      <Icon.react tag="span" className="mlnb-Icon" />
      <div>
        {problem !== null ? (
          <span>{text.sentence(problem)}</span>
        ) : shown?.path ? (
          <>
            <code>{shown.path}</code>
            <div className="mlnb-Muted">{alongText(shown, text)}</div>
          </>
        ) : (
          <span className="mlnb-Muted">
            {model.kind === null
              ? trans.__('Choose of which kind it is.')
              : model.isAsBefore
                ? trans.__('The file name follows from what you change.')
                : trans.__('The file name follows from what you type.')}
          </span>
        )}
      </div>
    </div>
  );
}

/** `3 links in 2 files and 5 runs go with it.` */
export function alongText(preview: RenamePreview, text: Text): string {
  const { trans } = text;
  const count = preview.references.reduce((sum, each) => sum + each.count, 0);
  const files = preview.references.length;
  const links = trans.__(
    '%1 in %2',
    trans._n('%1 link', '%1 links', count),
    trans._n('%1 file', '%1 files', files)
  );
  const runs = trans._n('%1 run', '%1 runs', preview.runs);
  if (files > 0 && preview.runs > 0) {
    return trans.__('%1 and %2 go with it.', links, runs);
  }
  if (files > 0) {
    return trans._n('%2 goes with it.', '%2 go with it.', count, links);
  }
  return preview.runs > 0
    ? trans._n('%2 goes with it.', '%2 go with it.', preview.runs, runs)
    : trans.__('Nothing else changes.');
}
