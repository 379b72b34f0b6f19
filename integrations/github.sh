#!/usr/bin/env bash
# The work of action.yml: from its inputs, which are environment variables here, to a run of transcheck.
set -euo pipefail

arguments=()
lines() { # add every line that is not empty
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    if [[ -n ${line// /} ]]; then arguments+=("$line"); fi
  done <<<"$1"
}

if [[ $ANNOTATIONS == true ]]; then arguments+=(--format github); else arguments+=(--format concise); fi
if [[ -n $CONFIG ]]; then arguments+=(--config "$CONFIG"); fi
if [[ -n $FAIL_ON ]]; then arguments+=(--fail-on "$FAIL_ON"); fi
if [[ -n $MODEL ]]; then arguments+=(--model "$MODEL"); fi
if [[ -n $SARIF ]]; then arguments+=(--output "sarif=$SARIF"); fi
if [[ $CACHE == true ]]; then arguments+=(--cache-dir "$RUNNER_TEMP/transcheck-cache"); else arguments+=(--no-cache); fi
summary=
if [[ $SUMMARY != true ]]; then
  unset GITHUB_STEP_SUMMARY
elif [[ $ANNOTATIONS != true && -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  summary=$(mktemp) # annotations bring their summary along
  arguments+=(--output "markdown=$summary")
fi

since=$SINCE
if [[ $since == auto ]]; then since=$BASE; elif [[ $since == none ]]; then since=; fi
if [[ -n $since ]]; then
  # A checkout has one commit unless it is told otherwise. What cannot be had transcheck says, with the remedy.
  if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
    git fetch --quiet --no-tags --unshallow origin || true
  fi
  if ! git rev-parse --quiet --verify --end-of-options "$since^{commit}" >/dev/null; then
    git fetch --quiet --no-tags --end-of-options origin "$since" || true
  fi
  arguments+=(--since "$since")
fi

lines "$ARGS"
lines "$PATHS"
code=0
transcheck check "${arguments[@]}" || code=$?
if [[ -n $summary ]]; then
  cat "$summary" >>"$GITHUB_STEP_SUMMARY"
  rm -f "$summary"
fi
{
  echo "exit-code=$code"
  if [[ -n $SARIF && -s $SARIF ]]; then echo "sarif=$SARIF"; fi
} >>"$GITHUB_OUTPUT"
exit "$code"
