// The dialog that splits a notebook: where, what is handed over, and what the second half is called.

import * as React from 'react';
import type { Crossing, SplitOffer } from '../api/schema';
import { KindPicker } from '../create/kindpicker';
import { errorMark, kindIcon } from '../icons';
import { FormDialog } from '../parts/formdialog';
import { Notice, Waiting } from '../parts/notice';
import { Prose } from '../parts/prose';
import { View } from '../parts/view';
import type { Text } from '../text';
import { refusal, type SplitModel } from './model';

export class SplitDialog extends FormDialog {
  constructor(options: SplitDialog.IOptions) {
    const { model, text } = options;
    const { trans } = text;
    let path: string | null = null;
    const body = new View({ models: [model], draw: () => <SplitForm model={model} text={text} /> });
    body.addClass('mlnb-SplitDialog');
    super({
      title: trans.__('Split notebook'),
      body,
      cancelLabel: trans.__('Cancel'),
      acceptLabel: trans.__('Split'),
      acceptClass: 'mlnb-SplitDialog-split',
      focus: 'input[type=radio]:checked',
      model,
      canAccept: () => model.canSplit,
      accept: async () => (path = await model.split()) !== null,
      leave: () => {
        const isRunning = model.state === 'splitting';
        void model.cancel();
        return isRunning;
      }
    });
    this._path = () => path;
  }

  /** The path of the second half, once the dialog is closed; null if it was cancelled. */
  get path(): string | null {
    return this._path();
  }

  private readonly _path: () => string | null;
}

export namespace SplitDialog {
  export interface IOptions {
    model: SplitModel;
    text: Text;
  }
}

interface IProps {
  model: SplitModel;
  text: Text;
}

export function SplitForm({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  switch (model.state) {
    case 'failed':
      return (
        <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.load() }}>
          {text.sentence(model.error ?? '')}
        </Notice>
      );
    case 'loading':
      return (
        <div className="mlnb-SplitDialog-waiting">
          <Waiting label={trans.__('Looking for places')} />
          <p className="mlnb-Muted">{trans.__('Looking for places to split it…')}</p>
        </div>
      );
    default:
      return <Offers model={model} text={text} />;
  }
}

function Offers({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const offers = model.offers!;
  if (offers.offers.length === 0) {
    return (
      <Notice>
        {text.sentence(offers.problem ?? trans.__('There is no heading to split this notebook at.'))}
      </Notice>
    );
  }
  const isBusy = model.state === 'splitting';
  return (
    <div className="mlnb-Form" aria-busy={isBusy}>
      {offers.why && (
        <p className="mlnb-Form-wide mlnb-Muted">
          <Prose>{text.sentence(offers.why)}</Prose>
        </p>
      )}
      <fieldset className="mlnb-Form-wide mlnb-SplitDialog-offers" disabled={isBusy}>
        <legend>{trans.__('Split before')}</legend>
        {offers.offers.map(each => (
          <Offer key={each.cell} offer={each} model={model} text={text} />
        ))}
      </fieldset>
      {model.chosen && (
        <fieldset className="mlnb-Form-wide mlnb-SplitDialog-second" disabled={isBusy}>
          <legend>{trans.__('The second half')}</legend>
          <div className="mlnb-Form">
            <label htmlFor="mlnb-split-title">{trans.__('Title')}</label>
            <input
              id="mlnb-split-title"
              name="title"
              className="jp-mod-styled"
              autoComplete="off"
              spellCheck
              value={model.title}
              aria-describedby="mlnb-split-preview"
              aria-invalid={model.problem !== null}
              onChange={event => model.setTitle(event.target.value)}
            />
            <KindPicker
              id="mlnb-split-kind"
              kind={model.kind}
              text={text}
              onChoose={kind => model.setKind(kind)}
            />
          </div>
        </fieldset>
      )}
      <Preview model={model} text={text} />
    </div>
  );
}

function Offer(props: { offer: SplitOffer } & IProps): JSX.Element {
  const { offer, model, text } = props;
  const { trans } = text;
  const id = `mlnb-split-offer-${offer.cell}`;
  const why = refusal(offer);
  return (
    <div className="mlnb-SplitOffer" data-cell={offer.cell} data-refused={why !== null}>
      <input
        id={id}
        type="radio"
        name="offer"
        checked={model.chosen?.cell === offer.cell}
        disabled={why !== null}
        aria-describedby={`${id}-crossing`}
        onChange={() => model.choose(offer)}
      />
      <div>
        <label htmlFor={id}>
          <b>{offer.heading}</b>{' '}
          <span className="mlnb-Muted">
            {trans.__(
              '%1 · %2 code cells before, %3 after',
              text.cell(offer.cell),
              offer.cells_before,
              offer.cells_after
            )}
          </span>
        </label>
        <div id={`${id}-crossing`} className="mlnb-SplitOffer-crossing">
          {why === null ? (
            <Crossings crossing={offer.crossing} text={text} />
          ) : (
            <Prose>{text.sentence(why)}</Prose>
          )}
        </div>
      </div>
    </div>
  );
}

function Crossings({ crossing, text }: { crossing: readonly Crossing[]; text: Text }): JSX.Element {
  const { trans } = text;
  if (crossing.length === 0) {
    return <span className="mlnb-Muted">{trans.__('Nothing needs to be handed over.')}</span>;
  }
  return (
    <ul className="mlnb-List">
      {alike(crossing).map(group => (
        <li key={group[0]!.name} data-how={group[0]!.how}>
          <code>{group.map(each => each.name).join(', ')}</code>{' '}
          <span className="mlnb-Muted">{howText(group[0]!, text)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Names that cross in the same way, such as imports, are said together. */
function alike(crossing: readonly Crossing[]): Crossing[][] {
  const groups = new Map<string, Crossing[]>();
  for (const each of crossing) {
    const key = `${each.how} ${each.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** `as a dataset: weather_2015_rain.parquet`. */
function howText(crossing: Crossing, text: Text): string {
  const { trans } = text;
  const how = {
    dataset: trans.__('as a dataset'),
    value: trans.__('as a value'),
    code: trans.__('as code'),
    parameter: trans.__('as a parameter'),
    refused: trans.__('not at all')
  }[crossing.how];
  return crossing.detail ? trans.__('%1: %2', how, crossing.detail) : how;
}

function Preview({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const problem = model.error ?? model.problem;
  const Icon = problem === null ? kindIcon(model.kind) : errorMark;
  return (
    <div
      id="mlnb-split-preview"
      className="mlnb-Form-preview"
      role="status"
      data-problem={problem !== null}
      data-state={model.job?.state}
    >
      {model.state === 'splitting' ? (
        <div className="mlnb-SplitDialog-progress">
          <progress aria-label={trans.__('Splitting')} />
          <span>{text.sentence(model.job?.stage ?? trans.__('Starting'))}</span>
        </div>
      ) : (
        <>
          <Icon.react tag="span" className="mlnb-Icon" />
          <div>
            {problem !== null ? (
              <span>{text.sentence(problem)}</span>
            ) : (
              <>
                {model.target && <code>{model.target}</code>}
                <div className="mlnb-Muted">
                  {trans.__('Both halves are run before anything is changed for good.')}
                </div>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}
