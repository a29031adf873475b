// The tab: scanning, the plan, and what became of it.

import { Button, HTMLSelect, searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { errorMark } from '../icons';
import { Notice } from '../parts/notice';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import { type AdoptModel, movesOf } from './model';
import { confidence, Datasets, Notebooks } from './rows';

export interface IAdoptProps {
  model: AdoptModel;
  text: Text;
  open: (path: string) => void;
}

export function Adopt(props: IAdoptProps): JSX.Element {
  const { model, text } = props;
  const { trans } = text;
  switch (model.state) {
    case 'scanning':
      return (
        <div className="mlnb-Adopt-scanning" role="status">
          <progress aria-label={trans.__('Reading the notebooks')} />
          <p>
            {model.path === ''
              ? trans.__('Reading every notebook of this folder. Nothing is run, and nothing is changed.')
              : trans.__('Reading every notebook in %1. Nothing is run, and nothing is changed.', model.path)}
          </p>
        </div>
      );
    case 'no-project':
      return (
        <Notice
          tone={model.error === null ? 'plain' : 'error'}
          action={{
            label: trans.__('Make this folder a project'),
            onClick: () => void model.initialise(),
            isMain: true
          }}
        >
          {model.error === null
            ? trans.__(
                'mlnb names notebooks within a project, and this folder lies in none yet. Making it one adds a file mlnb.toml and the folders notebooks and data.'
              )
            : text.sentence(model.error)}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.scan() }}>
          {text.sentence(model.error ?? '')}
        </Notice>
      );
    case 'done':
    case 'undoing':
      return <Done {...props} />;
    default:
      return <Plan {...props} />;
  }
}

function Plan(props: IAdoptProps): JSX.Element {
  const { model, text } = props;
  const { trans } = text;
  if (model.rows.length === 0 && model.datasets.length === 0) {
    return (
      <div className="mlnb-Adopt">
        <Notice action={{ label: trans.__('Read again'), onClick: () => void model.scan() }}>
          {trans.__(
            'There is nothing to adopt here: every notebook says its kind, and every dataset its date.'
          )}
        </Notice>
        <Skipped {...props} />
      </div>
    );
  }
  const isFilteredOut = model.shownRows.length === 0 && model.shownDatasets.length === 0;
  return (
    <div className="mlnb-Adopt" aria-busy={model.state === 'applying'}>
      <Intro {...props} />
      <Bar {...props} />
      <div className="mlnb-Adopt-tables">
        {isFilteredOut && (
          <Notice
            action={{
              label: trans.__('Show all'),
              onClick: () => {
                model.filter('');
                model.narrow('all');
              }
            }}
          >
            {trans.__('Nothing here passes the filter.')}
          </Notice>
        )}
        {model.shownRows.length > 0 && <Notebooks {...props} />}
        {model.shownDatasets.length > 0 && (
          <>
            <h3 className="mlnb-Adopt-title">{trans.__('Datasets without a date')}</h3>
            <p className="mlnb-Adopt-lead">
              {trans.__(
                'A dataset is known by the day its data is as of. Look at each date, mend it, and tick it when it is right.'
              )}
            </p>
            <Datasets {...props} />
          </>
        )}
        <Skipped {...props} />
      </div>
      <Foot {...props} />
    </div>
  );
}

function Intro({ model, text }: IAdoptProps): JSX.Element {
  const { trans } = text;
  const { plan } = model;
  const counts = [
    model.rows.length > 0 && trans._n('%1 notebook', '%1 notebooks', model.rows.length),
    model.datasets.length > 0 &&
      trans._n('%1 dataset without a date', '%1 datasets without a date', model.datasets.length)
  ]
    .filter(Boolean)
    .join(trans.__(' and '));
  return (
    <p className="mlnb-Adopt-lead">
      {trans.__('%1 to adopt in %2.', counts, model.path === '' ? trans.__('this folder') : model.path)}{' '}
      {plan?.git
        ? trans.__('Files are moved with git; what names them is rewritten.')
        : trans.__(
            'The folder is not under git; what names the files is rewritten, and all of it can be undone.'
          )}
    </p>
  );
}

function Bar({ model, text }: IAdoptProps): JSX.Element {
  const { trans } = text;
  return (
    <div className="mlnb-Lineage-bar">
      <span className="mlnb-Lineage-filter" role="search">
        <searchIcon.react tag="span" className="mlnb-Icon mlnb-Search-glass" />
        <input
          className="mlnb-Search-input"
          type="search"
          name="filter"
          aria-label={trans.__('Filter by name')}
          placeholder={trans.__('Filter')}
          autoComplete="off"
          spellCheck={false}
          value={model.text}
          onChange={event => model.filter(event.target.value)}
        />
      </span>
      <HTMLSelect
        className="mlnb-Adopt-narrow"
        name="narrow"
        aria-label={trans.__('Which rows are shown')}
        value={model.narrowed}
        onChange={event => model.narrow(event.target.value as AdoptModel.Narrowed)}
      >
        <option value="all">{trans.__('All rows')}</option>
        {(['high', 'medium', 'low'] as const).map(level => (
          <option key={level} value={level}>
            {trans.__('Confidence: %1', confidence(level, text).toLowerCase())}
          </option>
        ))}
        <option value="chosen">{trans.__('Chosen')}</option>
        <option value="problem">{trans.__('With a problem')}</option>
      </HTMLSelect>
      <Button className="jp-mod-styled mlnb-Adopt-sure" onClick={() => model.chooseSure()}>
        {trans.__('Choose high confidence')}
      </Button>
      <Button className="jp-mod-styled mlnb-Adopt-rescan" onClick={() => void model.scan()}>
        {trans.__('Read again')}
      </Button>
      <span className="mlnb-Muted" role="status" aria-live="polite">
        {model.isChecking ? trans.__('Checking the names…') : ''}
      </span>
    </div>
  );
}

function Foot({ model, text }: IAdoptProps): JSX.Element {
  const { trans } = text;
  const { notebooks, datasets } = model.ready;
  const isApplying = model.state === 'applying';
  const label =
    notebooks === 0 && datasets > 0
      ? trans._n('Adopt %1 dataset', 'Adopt %1 datasets', datasets)
      : datasets > 0
        ? trans.__(
            'Adopt %1 and %2',
            trans._n('%1 notebook', '%1 notebooks', notebooks),
            trans._n('%1 dataset', '%1 datasets', datasets)
          )
        : trans._n('Adopt %1 notebook', 'Adopt %1 notebooks', notebooks);
  return (
    <div className="mlnb-Adopt-foot">
      {isApplying ? (
        <span className="mlnb-Adopt-applying" role="status">
          <progress aria-label={trans.__('Adopting')} />
          {trans.__('Moving files and rewriting what names them…')}
        </span>
      ) : model.error !== null ? (
        <span className="mlnb-Adopt-problem" role="alert" data-severity="error">
          <errorMark.react tag="span" className="mlnb-Icon mlnb-Mark" />
          <Prose>{text.sentence(model.error)}</Prose>
        </span>
      ) : (
        <span className="mlnb-Muted" role="status">
          {model.troubled > 0 &&
            trans._n(
              '%1 chosen row has a problem and is left out.',
              '%1 chosen rows have a problem and are left out.',
              model.troubled
            )}
        </span>
      )}
      <Button
        className="jp-mod-styled jp-mod-accept mlnb-Adopt-apply"
        disabled={isApplying || model.isChecking || notebooks + datasets === 0}
        onClick={() => void model.apply()}
      >
        {label}
      </Button>
    </div>
  );
}

function Done(props: IAdoptProps): JSX.Element {
  const { model, text, open } = props;
  const { trans } = text;
  const { result, undone } = model;
  if (!result) {
    return <></>;
  }
  const moves = movesOf(result);
  const rescan = { label: trans.__('Read again'), onClick: () => void model.scan() };
  return (
    <div className="mlnb-Adopt mlnb-Adopt-done">
      {undone ? (
        <Notice action={rescan}>
          {trans._n('Undone: %1 file is as before.', 'Undone: %1 files are as before.', undone.restored)}
        </Notice>
      ) : result.change === null ? (
        <Notice tone="error" action={rescan}>
          {trans.__('Nothing was adopted.')}
        </Notice>
      ) : (
        <div className="mlnb-Notice" role="status">
          <p>
            <b>{trans._n('%1 file was renamed.', '%1 files were renamed.', moves.length)}</b>{' '}
            {trans._n(
              'With what names it, %1 file was changed.',
              'With what names them, %1 files were changed.',
              result.change.files
            )}
          </p>
          <div className="mlnb-Row">
            <Button
              className="jp-mod-styled mlnb-Adopt-undo"
              disabled={model.state === 'undoing'}
              onClick={() => void model.undo()}
            >
              {trans.__('Undo')}
            </Button>
            <Button className="jp-mod-styled" onClick={rescan.onClick}>
              {rescan.label}
            </Button>
          </div>
        </div>
      )}
      {model.error !== null && <Notice tone="error">{text.sentence(model.error)}</Notice>}
      <Left
        title={trans.__('Left alone')}
        files={[...result.refused, ...(undone?.refused ?? [])]}
        text={text}
      />
      {!undone && moves.length > 0 && (
        <>
          <h3 className="mlnb-Adopt-title">{trans.__('New names')}</h3>
          <ul className="mlnb-List mlnb-Adopt-moves">
            {moves.map(({ old, new: now }) => (
              <li key={old}>
                <Button minimal className="mlnb-Adopt-open" onClick={() => open(now)}>
                  {now}
                </Button>
                <span className="mlnb-Muted">{trans.__('was %1', old)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Skipped({ model, text }: IAdoptProps): JSX.Element {
  return <Left title={text.trans.__('Could not be read')} files={model.plan?.skipped ?? []} text={text} />;
}

interface ILeftProps {
  title: string;
  files: readonly { path: string; reason: string }[];
  text: Text;
}

function Left({ title, files, text }: ILeftProps): JSX.Element | null {
  return files.length === 0 ? null : (
    <>
      <h3 className="mlnb-Adopt-title">{title}</h3>
      <ul className="mlnb-List mlnb-Adopt-left">
        {files.map(({ path, reason }) => (
          <li key={path}>
            <b>{path}</b> <Prose>{text.sentence(reason)}</Prose>
          </li>
        ))}
      </ul>
    </>
  );
}
