#!/usr/bin/env bash
# Builds the images of all services, or of those that are named:
#   deploy/images/build.sh [SERVICE...]
# IMAGE_PREFIX (fanfare), TAG (dev) and BASE_IMAGE (the Dockerfile's) say how they are called and what they stand on.
# The services must be packaged: mvn -Dquick package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

prefix=${IMAGE_PREFIX:-fanfare} tag=${TAG:-dev}
base=()
[ -z "${BASE_IMAGE:-}" ] || base=(--build-arg "BASE_IMAGE=$BASE_IMAGE")

[ $# -gt 0 ] || set -- api-gateway broadcast-service group-status-service template-service delivery-service
for service in "$@"; do
  [ -e "$service/target/quarkus-app/quarkus-run.jar" ] || {
    echo "$service is not packaged. First: mvn -Dquick package" >&2
    exit 1
  }
  port=$(sed -n 's/^quarkus\.http\.port=//p' "$service/src/main/resources/application.properties")
  docker build -q -f deploy/images/Dockerfile "${base[@]}" --build-arg "SERVICE=$service" --build-arg "PORT=$port" \
    -t "$prefix/$service:$tag" . > /dev/null
  echo "$prefix/$service:$tag"
done
