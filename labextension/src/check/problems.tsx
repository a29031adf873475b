// The findings as a list: what, where, why; a click goes to the cell.

import { Button, checkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { DiagnosticInfo } from '../api/schema';
import { SEVERITY_ICONS } from '../icons';
import type { ICellPlace } from '../notebook/tokens';
import { Notice, Waiting } from '../parts/notice';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import type { CheckModel } from './model';

interface IProps {
  model: CheckModel;
  text: Text;
  goTo: (place: ICellPlace) => void;
  create: () => void;
}

export function Problems({ model, text, goTo, create }: IProps): JSX.Element {
  const { trans } = text;
  const checking = model.state === 'checking' && <Waiting label={trans.__('Checking')} />;
  if (model.state === 'none') {
    return (
      <Notice action={{ label: trans.__('New experiment…'), onClick: create }}>
        {trans.__('Open a notebook to see what mlnb knows about it.')}
      </Notice>
    );
  }
  if (model.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Check again'), onClick: () => void model.refresh() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  if (!model.report) {
    return <div className="mlnb-Problems">{checking}</div>;
  }
  return (
    <div className="mlnb-Problems" aria-busy={model.state === 'checking'}>
      {checking}
      <Findings model={model} text={text} goTo={goTo} />
    </div>
  );
}

function Findings({ model, text, goTo }: Omit<IProps, 'create'>): JSX.Element {
  const { trans } = text;
  if (model.report?.skipped) {
    return <Notice>{text.sentence(trans.__('Not checked: %1', model.report.skipped))}</Notice>;
  }
  if (model.diagnostics.length === 0) {
    return (
      <p className="mlnb-Problems-none" role="status">
        <checkIcon.react tag="span" className="mlnb-Icon" />
        {trans.__('No problems. It is checked again at every save.')}
      </p>
    );
  }
  return (
    <ul className="mlnb-List">
      {model.diagnostics.map((each, index) => (
        <Problem
          key={`${each.code} ${each.cell_id ?? each.cell} ${index}`}
          found={each}
          text={text}
          goTo={goTo}
        />
      ))}
    </ul>
  );
}

function Problem(props: {
  found: DiagnosticInfo;
  text: Text;
  goTo: (place: ICellPlace) => void;
}): JSX.Element {
  const { found, text, goTo } = props;
  const { trans } = text;
  const Mark = SEVERITY_ICONS[found.severity];
  const isPlaced = found.cell !== null || found.cell_id !== null;
  return (
    <li className="mlnb-Problem" data-severity={found.severity} data-code={found.code}>
      <Button
        className="mlnb-Problem-message"
        minimal
        disabled={!isPlaced}
        title={isPlaced ? trans.__('Go to the cell') : undefined}
        onClick={() => goTo({ cell: found.cell, cellId: found.cell_id })}
      >
        <Mark.react tag="span" className="mlnb-Icon mlnb-Mark" />
        <span>
          <span className="mlnb-Problem-place">
            <b>{text.severity(found.severity)}</b>
            {found.cell !== null && <span className="mlnb-Muted">{text.cell(found.cell)}</span>}
          </span>
          <span className="mlnb-Problem-text">
            <Prose>{text.sentence(found.message)}</Prose>
          </span>
        </span>
      </Button>
      {found.why && (
        <details className="mlnb-Problem-why">
          <summary>
            {trans.__('Why?')} <span className="mlnb-Muted">{`${found.code} ${found.name}`}</span>
          </summary>
          <p>
            <Prose>{text.sentence(found.why)}</Prose>
          </p>
        </details>
      )}
    </li>
  );
}
