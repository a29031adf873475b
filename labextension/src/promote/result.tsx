// The promotion section: one button, then the stages, then the verdict and its proof.

import { Button, folderIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Comparison, PromoteJob, Promotion, Verdict } from '../api/schema';
import { errorMark, VERDICT_ICONS } from '../icons';
import { Notice } from '../parts/notice';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import type { PromoteModel } from './model';

export interface IPromoteProps {
  model: PromoteModel;
  text: Text;
  /** Whether the open notebook is of the kind that can be promoted. */
  isDeployment: boolean;
  isDirty: boolean;
  promote: () => void;
  /** Show a folder in the file browser; null where there is none. */
  reveal: ((path: string) => void) | null;
  create: () => void;
}

export function Promote(props: IPromoteProps): JSX.Element {
  const { model, text, isDeployment, create } = props;
  const { trans } = text;
  if (!isDeployment && !model.job) {
    return (
      <Notice action={{ label: trans.__('New deployment…'), onClick: create }}>
        {trans.__('Only a deployment notebook is promoted to a pipeline.')}
      </Notice>
    );
  }
  return (
    <div className="mlnb-Promote">
      <Start {...props} />
      {model.error !== null && <Problem message={text.sentence(model.error)} />}
      {model.job && <Job job={model.job} {...props} />}
    </div>
  );
}

function Start({ model, text, isDirty, promote }: IPromoteProps): JSX.Element {
  const { trans } = text;
  const { job } = model;
  if (model.isRunning) {
    return (
      <div className="mlnb-Promote-running" role="status">
        <progress aria-label={trans.__('Promoting')} />
        <div className="mlnb-Row">
          <span className="mlnb-Promote-stage">{job?.stage || trans.__('starting')}</span>
          <Button
            className="mlnb-Promote-cancel jp-mod-styled"
            disabled={!job}
            onClick={() => void model.cancel()}
          >
            {trans.__('Cancel')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <>
      {!job && (
        <p className="mlnb-Muted">
          {trans.__(
            'Makes a plain Python package of this notebook, runs it, and compares it with the notebook.'
          )}
        </p>
      )}
      <Button className={`mlnb-Promote-button jp-mod-styled ${job ? '' : 'jp-mod-accept'}`} onClick={promote}>
        {job ? trans.__('Promote again') : isDirty ? trans.__('Save and promote') : trans.__('Promote')}
      </Button>
    </>
  );
}

function Job({ job, text, reveal }: IPromoteProps & { job: PromoteJob }): JSX.Element | null {
  const { trans } = text;
  switch (job.state) {
    case 'failed':
      return (
        <Problem message={job.problem ? text.sentence(job.problem) : trans.__('The promotion failed.')} />
      );
    case 'cancelled':
      return <p className="mlnb-Muted">{trans.__('Cancelled: nothing was promoted.')}</p>;
    case 'done':
      return job.result && <Result result={job.result} text={text} reveal={reveal} />;
    default:
      return null;
  }
}

function Problem({ message }: { message: string }): JSX.Element {
  return (
    <p className="mlnb-Promote-problem" role="alert">
      <errorMark.react tag="span" className="mlnb-Icon mlnb-Mark" />{' '}
      <span>
        <Prose>{message}</Prose>
      </span>
    </p>
  );
}

interface IResultProps {
  result: Promotion;
  text: Text;
  reveal: ((path: string) => void) | null;
}

function Result({ result, text, reveal }: IResultProps): JSX.Element {
  const { trans } = text;
  const Mark = VERDICT_ICONS[result.verdict];
  return (
    <>
      <div className="mlnb-Promote-verdict" data-verdict={result.verdict} role="status">
        <Mark.react tag="span" className="mlnb-Icon mlnb-Mark" />
        <div>
          <b>{trans.__('%1 %2', result.name, result.version)}</b>
          <p>{verdictSentence(result.verdict, text)}</p>
        </div>
      </div>
      {reveal && (
        <Button className="mlnb-Promote-open jp-mod-styled" onClick={() => reveal(result.package)}>
          <folderIcon.react tag="span" className="mlnb-Icon" /> {trans.__('Open package')}
        </Button>
      )}
      <Comparisons result={result} text={text} />
      <Steps result={result} text={text} />
      {result.notes.length > 0 && (
        <>
          <h4>{trans.__('Notes')}</h4>
          <ul className="mlnb-Promote-notes">
            {result.notes.map(note => (
              <li key={note}>
                <Prose>{text.sentence(note)}</Prose>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function verdictSentence(verdict: Verdict, text: Text): string {
  const { trans } = text;
  return {
    identical: trans.__('The pipeline computes exactly what the notebook computes.'),
    'within tolerance': trans.__('The pipeline computes what the notebook computes, within tolerance.'),
    different: trans.__('The pipeline computes something else than the notebook.'),
    'not checked': trans.__('The pipeline was not compared with the notebook.')
  }[verdict];
}

/** What is not identical is in view; the long list of what is can be unfolded. */
function Comparisons({ result, text }: { result: Promotion; text: Text }): JSX.Element | null {
  const { trans } = text;
  const identical = result.comparisons.filter(each => each.verdict === 'identical');
  const others = result.comparisons.filter(each => each.verdict !== 'identical');
  if (result.comparisons.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{trans.__('Compared with the notebook')}</h4>
      {others.length > 0 && <Table rows={others} text={text} />}
      {identical.length > 0 && (
        <details className="mlnb-Promote-identical">
          <summary>{trans._n('%1 value is identical', '%1 values are identical', identical.length)}</summary>
          <Table rows={identical} text={text} />
        </details>
      )}
    </>
  );
}

function Table({ rows, text }: { rows: readonly Comparison[]; text: Text }): JSX.Element {
  const { trans } = text;
  return (
    <table className="mlnb-Table mlnb-Promote-comparisons">
      <thead>
        <tr>
          <th scope="col">{trans.__('Value')}</th>
          <th scope="col">{trans.__('Verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((each, index) => {
          const Mark = VERDICT_ICONS[each.verdict];
          return (
            <tr key={index} data-verdict={each.verdict} title={each.detail}>
              <td>
                <code>{each.what}</code>
                {each.step && <p className="mlnb-Muted">{each.step}</p>}
              </td>
              <td>
                <span className="mlnb-Verdict">
                  <Mark.react tag="span" className="mlnb-Icon mlnb-Mark" />
                  {text.verdict(each.verdict)}
                </span>
                {each.detail && each.verdict !== 'identical' && <p className="mlnb-Muted">{each.detail}</p>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Steps({ result, text }: { result: Promotion; text: Text }): JSX.Element | null {
  const { trans } = text;
  if (result.steps.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{trans.__('Steps')}</h4>
      <ol className="mlnb-Promote-steps">
        {result.steps.map(step => (
          <li key={step.name}>
            <code>{step.name}</code> <span className="mlnb-Muted">{text.cells(step.cells)}</span>
            <p className="mlnb-Muted">{flow(step.takes, step.gives)}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

/** `raw, params → table`; without an arrow where nothing is given. */
function flow(takes: readonly string[], gives: readonly string[]): string {
  return [takes.join(', '), ...(gives.length ? ['→', gives.join(', ')] : [])].join(' ').trim();
}
