// The two tables of a plan. A row is drawn again only when it changes, and laid out only when it is in view.

import { caretDownIcon, HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { AdoptDatasetRow, AdoptRow, KindName } from '../api/schema';
import { CONFIDENCE_ICONS, errorMark } from '../icons';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import type { AdoptModel } from './model';

const KINDS: readonly KindName[] = ['exploration', 'cleaning', 'experiment', 'deployment'];

export interface ITableProps {
  model: AdoptModel;
  text: Text;
}

export function Notebooks({ model, text }: ITableProps): JSX.Element {
  const { trans } = text;
  const shown = model.shownRows;
  const chosen = shown.filter(row => row.apply).length;
  const all = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => {
    if (all.current) {
      all.current.indeterminate = chosen > 0 && chosen < shown.length;
    }
  }, [chosen, shown.length]);
  return (
    <div
      className="mlnb-Adopt-table"
      role="table"
      aria-label={trans.__('Notebooks')}
      aria-rowcount={shown.length + 1}
      data-table="notebooks"
      onKeyDown={move}
    >
      <div className="mlnb-Adopt-head" role="row">
        <span role="columnheader">
          <input
            ref={all}
            type="checkbox"
            name="all"
            aria-label={trans.__('Choose all that are shown')}
            title={trans.__('Choose all that are shown')}
            checked={shown.length > 0 && chosen === shown.length}
            disabled={shown.length === 0}
            onChange={() => model.choose(chosen < shown.length)}
          />
        </span>
        <span role="columnheader">{trans.__('Notebook')}</span>
        <span role="columnheader">{trans.__('Number')}</span>
        <span role="columnheader">{trans.__('Kind')}</span>
        <span role="columnheader">{trans.__('Title')}</span>
        <span role="columnheader">{trans.__('Confidence')}</span>
        <span role="columnheader" title={trans.__('How often other files name it; these are rewritten')}>
          {trans.__('Named in')}
        </span>
        <span role="columnheader" aria-label={trans.__('Reasons')} />
      </div>
      {shown.map(row => (
        <NotebookRow
          key={row.path}
          row={row}
          model={model}
          text={text}
          isExpanded={model.isExpanded(row.path)}
        />
      ))}
    </div>
  );
}

interface INotebookRowProps extends ITableProps {
  row: AdoptRow;
  isExpanded: boolean;
}

const NotebookRow = React.memo(function NotebookRow(props: INotebookRowProps): JSX.Element {
  const { row, model, text, isExpanded } = props;
  const { trans } = text;
  const Mark = CONFIDENCE_ICONS[row.confidence];
  return (
    <div
      className="mlnb-Adopt-row"
      role="row"
      data-path={row.path}
      data-apply={row.apply}
      data-problem={row.problem !== null}
    >
      <span role="cell">
        <input
          type="checkbox"
          name="apply"
          aria-label={trans.__('Adopt %1', row.path)}
          checked={row.apply}
          onChange={event => model.edit(row.path, { apply: event.target.checked })}
        />
      </span>
      <span role="cell" className="mlnb-Adopt-path" title={row.path}>
        <Path path={row.path} />
      </span>
      <span role="cell">
        <input
          className="jp-mod-styled"
          name="number"
          inputMode="numeric"
          aria-label={trans.__('Number of %1', row.path)}
          value={row.number ?? ''}
          onChange={event => {
            const digits = event.target.value.replace(/\D/g, '').slice(0, 4);
            model.edit(row.path, { number: digits === '' ? null : Number(digits) });
          }}
        />
      </span>
      <span role="cell">
        <HTMLSelect
          name="kind"
          aria-label={trans.__('Kind of %1', row.path)}
          value={row.kind ?? ''}
          onChange={event => {
            const kind = (event.target.value || null) as KindName | null;
            model.edit(row.path, kind === null ? { kind, apply: false } : { kind });
          }}
        >
          {row.kind === null && <option value="">{trans.__('choose…')}</option>}
          {KINDS.map(kind => (
            <option key={kind} value={kind}>
              {text.kind(kind)}
            </option>
          ))}
        </HTMLSelect>
      </span>
      <span role="cell">
        <input
          className="jp-mod-styled"
          name="title"
          aria-label={trans.__('Title of %1', row.path)}
          spellCheck={false}
          value={row.title}
          onChange={event => model.edit(row.path, { title: event.target.value })}
        />
      </span>
      <span role="cell" className="mlnb-Adopt-confidence" data-confidence={row.confidence}>
        <Mark.react tag="span" className="mlnb-Icon mlnb-Mark" />
        {confidence(row.confidence, text)}
      </span>
      <span role="cell" className="mlnb-Adopt-references">
        {row.references > 0 ? trans._n('%1 place', '%1 places', row.references) : ''}
      </span>
      <span role="cell">
        <button
          type="button"
          name="reasons"
          className="mlnb-Adopt-why"
          aria-expanded={isExpanded}
          aria-label={trans.__('Reasons for %1', row.path)}
          title={trans.__('Why this kind')}
          onClick={() => model.toggleReasons(row.path)}
        >
          <caretDownIcon.react tag="span" className="mlnb-Icon" />
        </button>
      </span>
      <Outcome row={row} text={text} />
      {isExpanded && (
        <ul className="mlnb-Adopt-reasons" role="cell" aria-label={trans.__('Reasons')}>
          {row.reasons.map(reason => (
            <li key={reason}>
              <Prose>{text.sentence(reason)}</Prose>
            </li>
          ))}
          {row.reasons.length === 0 && <li>{trans.__('Nothing in it tells of a kind.')}</li>}
        </ul>
      )}
    </div>
  );
});

export function Datasets({ model, text }: ITableProps): JSX.Element {
  const { trans } = text;
  const shown = model.shownDatasets;
  return (
    <div
      className="mlnb-Adopt-table"
      role="table"
      aria-label={trans.__('Datasets without a date')}
      data-table="datasets"
      onKeyDown={move}
    >
      <div className="mlnb-Adopt-head" role="row">
        <span role="columnheader" aria-label={trans.__('Confirmed')} />
        <span role="columnheader">{trans.__('File')}</span>
        <span role="columnheader">{trans.__('Name')}</span>
        <span role="columnheader">{trans.__('Date')}</span>
        <span role="columnheader">{trans.__('Features')}</span>
        <span role="columnheader">{trans.__('Date found in')}</span>
        <span role="columnheader" title={trans.__('How often other files name it; these are rewritten')}>
          {trans.__('Named in')}
        </span>
      </div>
      {shown.map(row => (
        <DatasetRow key={row.path} row={row} model={model} text={text} />
      ))}
    </div>
  );
}

const DatasetRow = React.memo(function DatasetRow(
  props: ITableProps & { row: AdoptDatasetRow }
): JSX.Element {
  const { row, model, text } = props;
  const { trans } = text;
  const field = (name: 'name' | 'date' | 'features', label: string): JSX.Element => (
    <span role="cell">
      <input
        className="jp-mod-styled"
        name={name}
        aria-label={label}
        placeholder={name === 'date' ? trans.__('YYYY-MM-DD') : undefined}
        spellCheck={false}
        value={row[name] ?? ''}
        onChange={event =>
          // a confirmation is for what stood there
          model.editDataset(row.path, { [name]: event.target.value || (name === 'date' ? null : '') })
        }
      />
    </span>
  );
  return (
    <div
      className="mlnb-Adopt-row"
      role="row"
      data-path={row.path}
      data-apply={row.apply}
      data-problem={row.problem !== null}
    >
      <span role="cell">
        <input
          type="checkbox"
          name="apply"
          aria-label={trans.__('The date of %1 is right: adopt it', row.path)}
          title={trans.__('The date is right: adopt it')}
          checked={row.apply}
          onChange={event => model.editDataset(row.path, { apply: event.target.checked })}
        />
      </span>
      <span role="cell" className="mlnb-Adopt-path" title={row.path}>
        <Path path={row.path} />
      </span>
      {field('name', trans.__('Name of %1', row.path))}
      {field('date', trans.__('Date of %1', row.path))}
      {field('features', trans.__('Features of %1', row.path))}
      <span role="cell" className="mlnb-Adopt-date" title={row.date_why}>
        {row.date_why === ''
          ? dateFrom(row.date_from, text)
          : trans.__('%1: %2', dateFrom(row.date_from, text), row.date_why)}
      </span>
      <span role="cell" className="mlnb-Adopt-references">
        {row.references > 0 ? trans._n('%1 place', '%1 places', row.references) : ''}
      </span>
      <Outcome row={row} text={text} />
    </div>
  );
});

/** The file name is what one looks for, so it is never cut; the folder is. */
function Path({ path }: { path: string }): JSX.Element {
  const at = path.lastIndexOf('/') + 1;
  return (
    <>
      {at > 0 && <span className="mlnb-Muted">{path.slice(0, at)}</span>}
      <span>{path.slice(at)}</span>
    </>
  );
}

function Outcome({ row, text }: { row: AdoptRow | AdoptDatasetRow; text: Text }): JSX.Element {
  return (
    <span role="cell" className="mlnb-Adopt-outcome">
      {row.proposed !== null && (
        <span className="mlnb-Adopt-proposed" title={row.proposed}>
          → {row.proposed}
        </span>
      )}
      {row.problem !== null && (
        <span className="mlnb-Adopt-problem" data-severity="error">
          <errorMark.react tag="span" className="mlnb-Icon mlnb-Mark" />
          <Prose>{text.sentence(row.problem)}</Prose>
        </span>
      )}
    </span>
  );
}

export function confidence(level: AdoptRow['confidence'], text: Text): string {
  const { trans } = text;
  return { high: trans.__('High'), medium: trans.__('Medium'), low: trans.__('Low') }[level];
}

function dateFrom(found: AdoptDatasetRow['date_from'], text: Text): string {
  const { trans } = text;
  return found === null
    ? trans.__('nowhere')
    : {
        name: trans.__('its name'),
        content: trans.__('its content'),
        'file time': trans.__('the file time')
      }[found];
}

/** Up and down go to the same field of the row above or below. */
function move(event: React.KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, 'previousElementSibling' | 'nextElementSibling'> = {
    ArrowUp: 'previousElementSibling',
    ArrowDown: 'nextElementSibling'
  };
  const step = steps[event.key];
  const field = event.target as HTMLInputElement;
  if (
    !step ||
    !['INPUT', 'BUTTON'].includes(field.tagName) ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey
  ) {
    return;
  }
  const other = field.closest('.mlnb-Adopt-row')?.[step];
  const next = other?.querySelector<HTMLElement>(`[name="${field.name}"]`);
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
