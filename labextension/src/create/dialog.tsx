// The dialog that creates a notebook: one line is enough, Enter accepts.

import * as React from 'react';
import { errorMark, kindIcon } from '../icons';
import { FormDialog } from '../parts/formdialog';
import { Notice } from '../parts/notice';
import { View } from '../parts/view';
import type { Text } from '../text';
import { Fields } from './fields';
import type { CreateModel } from './model';

export class CreateDialog extends FormDialog {
  constructor(options: CreateDialog.IOptions) {
    const { model, text } = options;
    const { trans } = text;
    let path: string | null = null;
    const body = new View({ models: [model], draw: () => <CreateForm model={model} text={text} /> });
    body.addClass('mlnb-CreateDialog');
    super({
      title: options.title ?? trans.__('New %1', text.kind(model.kind).toLocaleLowerCase(text.locale)),
      body,
      cancelLabel: trans.__('Cancel'),
      acceptLabel: trans.__('Create'),
      acceptClass: 'mlnb-CreateDialog-create',
      focus: 'input[name=title]',
      model,
      canAccept: () => model.canCreate,
      accept: async () => (path = await model.create()) !== null
    });
    this._path = () => path;
  }

  /** The path of the created notebook, once the dialog is closed; null if it was cancelled. */
  get path(): string | null {
    return this._path();
  }

  private readonly _path: () => string | null;
}

export namespace CreateDialog {
  export interface IOptions {
    model: CreateModel;
    text: Text;
    title?: string;
  }
}

interface IProps {
  model: CreateModel;
  text: Text;
}

export function CreateForm({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  switch (model.state) {
    case 'failed':
      return (
        <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.load() }}>
          {text.sentence(model.error ?? '')}
        </Notice>
      );
    case 'no-project':
      return <NoProject model={model} text={text} />;
    default:
      return (
        <div className="mlnb-Form" aria-busy={model.state !== 'ready'}>
          <Fields model={model} text={text} />
          <Preview model={model} text={text} />
        </div>
      );
  }
}

function NoProject({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  return (
    <Notice
      tone={model.error ? 'error' : 'plain'}
      action={{
        label: trans.__('Make this folder a project'),
        className: 'mlnb-CreateDialog-init',
        isMain: true,
        onClick: () => void model.initialise()
      }}
    >
      {(model.error && text.sentence(model.error)) ??
        trans.__(
          '“%1” is not an mlnb project yet: it gets the folders notebooks, data and runs.',
          model.place || '/'
        )}
    </Notice>
  );
}

function Preview({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const problem = model.error ?? model.preview?.problem ?? null;
  const Icon = problem === null ? kindIcon(model.kind) : errorMark;
  const shown = model.shown;
  return (
    <div
      id="mlnb-create-preview"
      className="mlnb-Form-preview mlnb-CreateDialog-preview"
      role="status"
      data-problem={problem !== null}
    >
      <Icon.react tag="span" className="mlnb-Icon" />
      <div>
        {problem !== null ? (
          <span>{text.sentence(problem)}</span>
        ) : shown ? (
          <code>{shown.path}</code>
        ) : (
          <span className="mlnb-Muted">{trans.__('The file name follows from what you type.')}</span>
        )}
        {problem === null && model.missing && (
          <div>{trans.__('The template asks for “%1”.', model.missing.prompt)}</div>
        )}
        {problem === null && shown && shown.outline.length > 0 && (
          <ol className="mlnb-CreateDialog-outline" aria-label={trans.__('Sections')}>
            {shown.outline.map((heading, index) => (
              <li key={index}>{heading}</li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}
