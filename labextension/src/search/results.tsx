// The search box and what it found.

import { Button, closeIcon, searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ProjectModel } from '../experiments/model';
import { Notice, Waiting } from '../parts/notice';
import type { Text } from '../text';
import { Hits, type IHitsProps, LIST_ID, moved, optionId } from './hits';
import type { SearchModel } from './model';

export interface ISearchProps extends IHitsProps {
  project: ProjectModel;
  create: () => void;
}

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
