// The top of the right panel: kind, number and title of the open notebook.

import { Button, caretDownIcon, editIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { kindIcon, scratchIcon } from '../icons';
import type { Text } from '../text';
import type { CheckModel } from './model';

interface IProps {
  model: CheckModel;
  text: Text;
  /** Show the kinds that the notebook can be continued as, below a button. */
  continueAs: (button: HTMLElement) => void;
  /** Ask for a name of its kind. */
  rename: () => void;
}

export function NotebookHeader({ model, text, continueAs, rename }: IProps): JSX.Element {
  const { trans } = text;
  const { path, report } = model;
  const Icon = model.isScratch ? scratchIcon : kindIcon(model.kind);
  const name = path?.split('/').at(-1) ?? '';
  return (
    <header
      className="mlnb-NotebookHeader"
      title={path ?? ''}
      data-kind={model.kind ?? ''}
      data-scratch={model.isScratch}
    >
      <Icon.react tag="span" className="mlnb-Icon" stylesheet="sideBar" />
      <div className="mlnb-NotebookHeader-text">
        <div className="mlnb-NotebookHeader-kind">
          {path === null ? trans.__('No notebook is open') : kindLine(model, text)}
        </div>
        <h2 className="mlnb-NotebookHeader-title">{report?.title || name}</h2>
        {report && (
          <div className="mlnb-NotebookHeader-actions">
            {model.isScratch ? (
              <Button className="jp-mod-styled mlnb-NotebookHeader-keep" onClick={rename}>
                {trans.__('Keep it…')}
              </Button>
            ) : (
              <Button
                className="jp-mod-styled mlnb-NotebookHeader-continue"
                aria-haspopup="menu"
                onClick={event => continueAs(event.currentTarget)}
              >
                {trans.__('Continue as')}
                <caretDownIcon.react tag="span" className="mlnb-Icon" />
              </Button>
            )}
          </div>
        )}
      </div>
      {report && !model.isScratch && (
        <Button
          className="mlnb-NotebookHeader-rename"
          minimal
          title={trans.__('Rename notebook…')}
          aria-label={trans.__('Rename notebook…')}
          onClick={rename}
        >
          <editIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      )}
    </header>
  );
}

function kindLine(model: CheckModel, text: Text): string {
  const { report } = model;
  if (!report) {
    return text.trans.__('Notebook');
  }
  if (model.isScratch) {
    return text.trans.__('Scratch');
  }
  const kind = report.kind === null ? text.trans.__('Notebook without a kind') : text.kind(report.kind);
  return report.number === null ? kind : `${kind} ${String(report.number).padStart(3, '0')}`;
}
