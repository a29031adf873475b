// The runs of the open notebook, newest first.

import { Button, editIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { RunInfo } from '../api/schema';
import { RUN_ICONS } from '../icons';
import { Age, Chip, MetricChips } from '../parts/chips';
import { Notice, Waiting } from '../parts/notice';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import { isGoingOn, type RunsModel } from './runsmodel';

export interface IRunsProps {
  runs: RunsModel;
  text: Text;
  /** Open the executed notebook, at the cell that failed if one did. */
  open: (run: RunInfo) => void;
  /** Put the arguments of a run into the form. */
  reuse: (run: RunInfo) => void;
}

export function Runs({ runs, text, open, reuse }: IRunsProps): JSX.Element {
  const { trans } = text;
  if (runs.state === 'none') {
    return <Notice>{trans.__('Open a notebook to see its runs.')}</Notice>;
  }
  if (runs.state === 'loading') {
    return <Waiting label={trans.__('Looking for runs')} />;
  }
  if (runs.state === 'failed' && runs.runs.length === 0) {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void runs.refresh() }}>
        {text.sentence(runs.error ?? '')}
      </Notice>
    );
  }
  if (runs.runs.length === 0) {
    return <Notice>{trans.__('Not run yet: choose parameters above and press Run.')}</Notice>;
  }
  return (
    <ul className="mlnb-List mlnb-Runs">
      {runs.runs.map(run => (
        <RunItem key={run.id} run={run} runs={runs} text={text} open={open} reuse={reuse} />
      ))}
    </ul>
  );
}

function RunItem({ run, runs, text, open, reuse }: IRunsProps & { run: RunInfo }): JSX.Element {
  const { trans } = text;
  const Mark = RUN_ICONS[run.state];
  const given = Object.entries(run.arguments);
  return (
    <li className="mlnb-RunItem" data-state={run.state} data-run={run.id}>
      <div className="mlnb-RunItem-head">
        <Button
          minimal
          className="mlnb-RunItem-open"
          disabled={run.output === null}
          title={run.output === null ? undefined : trans.__('Open the executed notebook')}
          onClick={() => open(run)}
        >
          <Mark.react tag="span" className="mlnb-Icon mlnb-Mark" />
          <span>
            <b>{text.runState(run.state)}</b>
            <Age when={run.created} text={text} />
            {run.duration !== null && !isGoingOn(run) && (
              <span className="mlnb-Muted mlnb-RunItem-duration">{text.duration(run.duration)}</span>
            )}
          </span>
        </Button>
        {isGoingOn(run) ? (
          <Button className="mlnb-RunItem-cancel jp-mod-styled" onClick={() => void runs.cancel(run)}>
            {trans.__('Cancel')}
          </Button>
        ) : (
          <Button
            minimal
            className="mlnb-RunItem-reuse"
            title={trans.__('Put the parameters of this run into the form')}
            aria-label={trans.__('Put the parameters of this run into the form')}
            onClick={() => reuse(run)}
          >
            <editIcon.react tag="span" className="mlnb-Icon" />
          </Button>
        )}
      </div>
      {isGoingOn(run) && <Progress run={run} text={text} />}
      {run.message && (
        <p className="mlnb-RunItem-message">
          <Prose>{text.sentence(run.message)}</Prose>
        </p>
      )}
      {(given.length > 0 || Object.keys(run.metrics).length > 0) && (
        <p className="mlnb-Chips">
          {given.map(([name, value]) => (
            <Chip key={name} kind="argument" title={`${name} = ${JSON.stringify(value)}`}>
              {name} <b>{typeof value === 'string' ? value : JSON.stringify(value)}</b>
            </Chip>
          ))}
          <MetricChips metrics={run.metrics} text={text} />
        </p>
      )}
    </li>
  );
}

function Progress({ run, text }: { run: RunInfo; text: Text }): JSX.Element {
  const { trans } = text;
  const label = trans.__('cell %1 of %2', Math.min(run.cells_done + 1, run.cells_total), run.cells_total);
  return (
    <div className="mlnb-Progress">
      <progress max={Math.max(1, run.cells_total)} value={run.cells_done} aria-label={label} />
      <span className="mlnb-Muted">{run.state === 'queued' ? trans.__('waiting to start') : label}</span>
    </div>
  );
}
