// The search box and what it found.

import { Button, closeIcon, searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { HitInfo } from '../api/schema';
import type { ProjectModel } from '../experiments/model';
import { kindIcon, runWithIcon } from '../icons';
import { Age, Chip, MetricChips } from '../parts/chips';
import { Notice, Waiting } from '../parts/notice';
import type { Text } from '../text';
import { keyOf, type SearchModel } from './model';

export interface ISearchProps {
  model: SearchModel;
  project: ProjectModel;
  text: Text;
  open: (hit: HitInfo) => void;
  rerun: (hit: HitInfo) => void;
  promote: (hit: HitInfo) => void;
  create: () => void;
}

const LIST_ID = 'mlnb-search-hits';

export function Search(props: ISearchProps): JSX.Element {
  const { project, text } = props;
  const { trans } = text;
  if (project.state === 'no-project') {
    return (
      <Notice
        tone={project.error === null ? 'plain' : 'error'}
        action={{
          label: trans.__('Make this folder a project'),
          className: 'mlnb-Experiments-init',
          isMain: true,
          onClick: () => void project.initialise()
        }}
      >
        {(project.error && text.sentence(project.error)) ??
          trans.__(
            '“%1” is not an mlnb project yet: it gets the folders notebooks, data and runs.',
            project.info?.name || '/'
          )}
      </Notice>
    );
  }
  if (project.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void project.refresh() }}>
        {text.sentence(project.error ?? '')}
      </Notice>
    );
  }
  return (
    <div className="mlnb-Search">
      <Box {...props} />
      <Found {...props} />
    </div>
  );
}

/** Moves through the hits from the box and from the list alike; says whether the key was one of its own. */
function moved(event: React.KeyboardEvent, model: SearchModel): boolean {
  const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
  const move = moves[event.key];
  if (move === undefined) {
    return false;
  }
  event.preventDefault();
  model.activate(Math.max(0, model.active + move));
  return true;
}

function Box({ model, text, open }: ISearchProps): JSX.Element {
  const { trans } = text;
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || moved(event, model)) {
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (model.isSettled && model.activeHit) {
        open(model.activeHit);
      } else {
        void model.submit();
      }
    } else if (event.key === 'Escape' && model.query !== '') {
      event.preventDefault();
      event.stopPropagation();
      model.clear();
    }
  };
  return (
    <div className="mlnb-Search-box" role="search">
      <searchIcon.react tag="span" className="mlnb-Icon mlnb-Search-glass" />
      <input
        className="mlnb-Search-input"
        name="query"
        type="text"
        role="combobox"
        aria-label={trans.__('Search notebooks and runs')}
        aria-controls={LIST_ID}
        aria-expanded={model.hits.length > 0}
        aria-autocomplete="none"
        aria-activedescendant={model.activeHit ? optionId(model.active) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={trans.__('Search notebooks and runs')}
        value={model.query}
        onChange={event => model.type(event.target.value)}
        onCompositionStart={() => model.startComposing()}
        onCompositionEnd={event => model.endComposing(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {model.query !== '' && (
        <Button
          minimal
          className="mlnb-Search-clear"
          title={trans.__('Clear')}
          aria-label={trans.__('Clear the search')}
          onClick={() => model.clear()}
        >
          <closeIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      )}
    </div>
  );
}

function Found(props: ISearchProps): JSX.Element {
  const { model, text, create } = props;
  const { trans } = text;
  if (model.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.submit() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  const waiting = model.state === 'searching' && <Waiting label={trans.__('Searching')} />;
  const { answer } = model;
  if (!answer) {
    return <div className="mlnb-Search-found">{waiting}</div>;
  }
  return (
    <div className="mlnb-Search-found" aria-busy={model.state === 'searching'}>
      {waiting}
      <p className="mlnb-Search-count" role="status" aria-live="polite">
        {countLine(model, text)}
      </p>
      {answer.hint && answer.hits.length > 0 && (
        <p className="mlnb-Search-hint">{text.sentence(answer.hint)}</p>
      )}
      {answer.hits.length > 0 ? (
        <Hits {...props} />
      ) : answer.query === '' ? (
        <Notice action={{ label: trans.__('New exploration…'), onClick: create }}>
          {trans.__('No notebooks in this project yet.')}
        </Notice>
      ) : (
        <NothingFound model={model} text={text} />
      )}
      {answer.unreadable.length > 0 && (
        <details className="mlnb-Search-unreadable">
          <summary>
            {trans._n('%1 file could not be read', '%1 files could not be read', answer.unreadable.length)}
          </summary>
          <ul>
            {answer.unreadable.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function countLine(model: SearchModel, text: Text): string {
  const { trans } = text;
  const { answer } = model;
  if (!answer || answer.hits.length === 0) {
    return '';
  }
  const shown = answer.hits.length;
  const count =
    shown < answer.total
      ? trans.__('%1 of %2 hits', text.count(shown), text.count(answer.total))
      : trans._n('%1 hit', '%2 hits', answer.total, text.count(answer.total));
  const what =
    answer.query === '' ? trans.__('newest first') : trans.__('%1 ms', text.count(Math.ceil(answer.took_ms)));
  return `${count} · ${what}`;
}

function NothingFound({ model, text }: { model: SearchModel; text: Text }): JSX.Element {
  const { trans } = text;
  const examples = ['kind:experiment', 'status:failed', 'after:3w', 'decision:adopt'];
  return (
    <div className="mlnb-Notice" role="status">
      <p>{trans.__('Nothing found for “%1”.', model.answer?.query ?? '')}</p>
      <p>{model.answer?.hint ? text.sentence(model.answer.hint) : trans.__('Fewer words find more.')}</p>
      <p className="mlnb-Chips">
        {examples.map(example => (
          <Button key={example} className="mlnb-Chip mlnb-Search-example" onClick={() => model.type(example)}>
            {example}
          </Button>
        ))}
      </p>
    </div>
  );
}

function Hits(props: ISearchProps): JSX.Element {
  const { model, text, open, rerun, promote } = props;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const hit = model.activeHit;
    const onList = event.target === event.currentTarget; // not on a button within it
    if (!onList || moved(event, model) || !hit || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Enter') {
      open(hit);
    } else if (event.key === 'r') {
      rerun(hit);
    } else if (event.key === 'p' && canPromote(hit)) {
      promote(hit);
    }
  };
  return (
    <ul
      className="mlnb-List mlnb-Hits"
      id={LIST_ID}
      role="listbox"
      tabIndex={0}
      aria-label={text.trans.__('Hits')}
      aria-activedescendant={model.activeHit ? optionId(model.active) : undefined}
      onKeyDown={onKeyDown}
    >
      {model.hits.map((hit, index) => (
        <Hit key={keyOf(hit)} hit={hit} index={index} {...props} />
      ))}
    </ul>
  );
}

function Hit(props: ISearchProps & { hit: HitInfo; index: number }): JSX.Element {
  const { model, text, hit, index, open } = props;
  const isActive = index === model.active;
  const node = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isActive) {
      node.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <li
      ref={node}
      role="presentation"
      className="mlnb-Hit"
      data-active={isActive}
      data-path={hit.path}
      data-kind={hit.kind ?? ''}
      data-run={hit.run ?? ''}
    >
      <div
        id={optionId(index)}
        role="option"
        aria-selected={isActive}
        className="mlnb-Hit-body"
        title={[hit.path, ...hit.reasons].join('\n')}
        onClick={() => {
          model.activate(index);
          open(hit);
        }}
      >
        <HitFacts hit={hit} text={text} />
      </div>
      <HitActions {...props} />
    </li>
  );
}

function HitFacts({ hit, text }: { hit: HitInfo; text: Text }): JSX.Element {
  const { trans } = text;
  const Icon = kindIcon(hit.kind);
  const hasChips = Object.keys(hit.metrics).length > 0 || hit.datasets.length > 0 || hit.decision !== null;
  return (
    <>
      <div className="mlnb-Hit-head">
        <Icon.react
          tag="span"
          className="mlnb-Icon"
          title={hit.kind === null ? trans.__('Notebook') : text.kind(hit.kind)}
        />
        <Age when={hit.when} text={text} />
        <span className="mlnb-Hit-title">{hit.title}</span>
      </div>
      {(hit.run !== null || hasChips) && (
        <p className="mlnb-Chips">
          {hit.run !== null && (
            <Chip kind="run" title={trans.__('Run %1', hit.run)}>
              {trans.__('run')}
            </Chip>
          )}
          {hit.decision !== null && <Chip kind="decision">{hit.decision}</Chip>}
          <MetricChips metrics={hit.metrics} text={text} />
          {hit.datasets.map(each => (
            <Chip key={each} kind="dataset" title={trans.__('Dataset %1', each)}>
              {each}
            </Chip>
          ))}
        </p>
      )}
      {hit.snippet.length > 0 && (
        <p className="mlnb-Hit-snippet">
          {hit.cell !== null && <span className="mlnb-Muted">[{hit.cell + 1}] </span>}
          {hit.snippet.map((piece, place) =>
            piece.marked ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>
          )}
        </p>
      )}
    </>
  );
}

function HitActions({ text, hit, rerun, promote }: ISearchProps & { hit: HitInfo }): JSX.Element {
  const { trans } = text;
  const PromoteIcon = kindIcon('deployment');
  return (
    <div className="mlnb-Hit-actions">
      <Button
        minimal
        className="mlnb-Hit-rerun"
        title={trans.__('Re-run…')}
        aria-label={trans.__('Re-run %1', hit.title)}
        onClick={() => rerun(hit)}
      >
        <runWithIcon.react tag="span" className="mlnb-Icon" />
      </Button>
      {canPromote(hit) && (
        <Button
          minimal
          className="mlnb-Hit-promote"
          title={trans.__('Promote')}
          aria-label={trans.__('Promote %1', hit.title)}
          onClick={() => promote(hit)}
        >
          <PromoteIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      )}
    </div>
  );
}

/** A run is a record; what is promoted is its notebook. */
function canPromote(hit: HitInfo): boolean {
  return hit.kind === 'deployment' && hit.run === null;
}

function optionId(index: number): string {
  return `mlnb-search-hit-${index}`;
}
