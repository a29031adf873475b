// The top of the right panel: kind, number and title of the open notebook.

import * as React from 'react';
import { kindIcon } from '../icons';
import type { Text } from '../text';
import type { CheckModel } from './model';

export function NotebookHeader({ model, text }: { model: CheckModel; text: Text }): JSX.Element {
  const { trans } = text;
  const { path, report } = model;
  const Icon = kindIcon(model.kind);
  const name = path?.split('/').at(-1) ?? '';
  return (
    <header className="mlnb-NotebookHeader" title={path ?? ''} data-kind={model.kind ?? ''}>
      <Icon.react tag="span" className="mlnb-Icon" stylesheet="sideBar" />
      <div>
        <div className="mlnb-NotebookHeader-kind">
          {path === null ? trans.__('No notebook is open') : kindLine(model, text)}
        </div>
        <h2 className="mlnb-NotebookHeader-title">{report?.title || name}</h2>
      </div>
    </header>
  );
}

function kindLine(model: CheckModel, text: Text): string {
  const { report } = model;
  if (!report) {
    return text.trans.__('Notebook');
  }
  const kind = report.kind === null ? text.trans.__('Notebook without a kind') : text.kind(report.kind);
  return report.number === null ? kind : `${kind} ${String(report.number).padStart(3, '0')}`;
}
