// The chip in the status bar: `experiment · 2 problems`.

import { TextItem } from '@jupyterlab/statusbar';
import * as React from 'react';
import type { Text } from '../text';
import type { CheckModel } from './model';

/** What the chip says; empty where there is nothing to say. */
export function statusText(model: CheckModel, text: Text): string {
  const { trans } = text;
  const { report } = model;
  if (model.isScratch) {
    return trans.__('scratch');
  }
  if (!report || report.kind === null) {
    return '';
  }
  const kind = text.kind(report.kind).toLocaleLowerCase(text.locale);
  if (report.skipped) {
    return kind;
  }
  const count = report.diagnostics.length;
  return count === 0
    ? trans.__('%1 · no problems', kind)
    : trans._n('%2 · %1 problem', '%2 · %1 problems', count, kind);
}

export function StatusChip(props: { model: CheckModel; text: Text; onClick: () => void }): JSX.Element {
  const { model, text, onClick } = props;
  return (
    <TextItem
      className="mlnb-Status"
      data-scratch={model.isScratch}
      role="button"
      tabIndex={0}
      source={statusText(model, text)}
      title={text.trans.__('Show the problems of this notebook')}
      onClick={onClick}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onClick();
        }
      }}
    />
  );
}
