// The dialog that creates a notebook: one line is enough, Enter accepts.

import { Dialog } from '@jupyterlab/apputils';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import { errorMark, kindIcon } from '../icons';
import { Notice } from '../parts/notice';
import { View } from '../parts/view';
import type { Text } from '../text';
import { prompt } from './kinds';
import type { CreateModel } from './model';

const CREATE = 1;

export class CreateDialog extends Dialog<null> {
  constructor(options: CreateDialog.IOptions) {
    const { model, text } = options;
    const { trans } = text;
    const body = new View({ models: [model], draw: () => <CreateForm model={model} text={text} /> });
    body.addClass('mlnb-CreateDialog');
    super({
      title: trans.__('New %1', text.kind(model.kind).toLocaleLowerCase(text.locale)),
      body: body as unknown as Dialog.IBodyWidget<null>,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Create'), className: 'mlnb-CreateDialog-create' })
      ],
      defaultButton: CREATE,
      focusNodeSelector: 'input[name=title]'
    });
    this._model = model;
    model.changed.connect(this._onModelChanged, this);
    this._onModelChanged();
  }

  /** The path of the created notebook, once the dialog is closed; null if it was cancelled. */
  get path(): string | null {
    return this._path;
  }

  override dispose(): void {
    this._model?.changed.disconnect(this._onModelChanged, this);
    super.dispose();
  }

  /** Stay open until the notebook is there: a refusal is shown where it can be mended. */
  override resolve(index: number = CREATE): void {
    if (index !== CREATE) {
      super.resolve(index);
      return;
    }
    void this._model.create().then(path => {
      if (path !== null) {
        this._path = path;
        super.resolve(CREATE);
      }
    });
  }

  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.type === 'keydown' && event.key === 'Enter') {
      const inBody = (event.target as HTMLElement).closest('.mlnb-CreateDialog') !== null;
      const ownButton = event.target instanceof HTMLButtonElement && inBody;
      // Enter ends the composition of an input method, and presses the button that has the focus.
      if (event.isComposing || ownButton) {
        return;
      }
    }
    super.handleEvent(event);
  }

  private _onModelChanged(): void {
    const button = this.node.querySelector<HTMLButtonElement>('.mlnb-CreateDialog-create');
    if (button) {
      button.disabled = !this._model.canCreate;
    }
  }

  private readonly _model: CreateModel;
  private _path: string | null = null;
}

export namespace CreateDialog {
  export interface IOptions {
    model: CreateModel;
    text: Text;
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
      return <Fields model={model} text={text} />;
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
          model.folder || '/'
        )}
    </Notice>
  );
}

function Fields({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  return (
    <div className="mlnb-CreateDialog-fields" aria-busy={model.state !== 'ready'}>
      <label htmlFor="mlnb-create-title">{prompt(model.kind, trans)}</label>
      <input
        id="mlnb-create-title"
        name="title"
        className="jp-mod-styled"
        autoComplete="off"
        autoFocus
        spellCheck
        value={model.title}
        aria-describedby="mlnb-create-preview"
        aria-invalid={Boolean(model.preview?.problem)}
        onChange={event => model.setTitle(event.target.value)}
      />
      <label htmlFor="mlnb-create-dataset">{trans.__('Dataset')}</label>
      <HTMLSelect
        id="mlnb-create-dataset"
        name="dataset"
        value={model.dataset ?? ''}
        disabled={model.datasets.length === 0}
        onChange={event => model.setDataset(event.target.value || null)}
        options={[
          {
            value: '',
            label: model.datasets.length ? trans.__('None') : trans.__('None in this project yet')
          },
          ...model.datasets.map(each => ({
            value: each.ref,
            label: each.sha256
              ? trans.__('%1 · %2 · %3 rows', each.name, each.date, text.count(each.rows))
              : trans.__('%1 · %2', each.name, each.date)
          }))
        ]}
      />
      <label htmlFor="mlnb-create-parent">{trans.__('Builds on')}</label>
      <HTMLSelect
        id="mlnb-create-parent"
        name="parent"
        value={model.parent ?? ''}
        disabled={model.parents.length === 0}
        onChange={event => model.setParent(event.target.value || null)}
        options={[
          { value: '', label: trans.__('Nothing') },
          ...model.parents.map(each => ({ value: each.path, label: each.name }))
        ]}
      />
      <Preview model={model} text={text} />
    </div>
  );
}

function Preview({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const problem = model.error ?? model.preview?.problem ?? null;
  const Icon = kindIcon(model.kind);
  return (
    <div
      id="mlnb-create-preview"
      className="mlnb-CreateDialog-preview"
      role="status"
      data-problem={problem !== null}
    >
      {problem !== null ? (
        <>
          <errorMark.react tag="span" className="mlnb-Icon" />
          <span>{text.sentence(problem)}</span>
        </>
      ) : (
        <>
          <Icon.react tag="span" className="mlnb-Icon" />
          {model.preview?.path ? (
            <code>{model.preview.path}</code>
          ) : (
            <span className="mlnb-Muted">{trans.__('The file name follows from what you type.')}</span>
          )}
        </>
      )}
    </div>
  );
}
