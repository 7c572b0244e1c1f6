import { appRoutes } from "./apps.ts";
import { checkRoutes } from "./checks.ts";
import { collaboratorRoutes } from "./collaborators.ts";
import { commentRoutes } from "./comments.ts";
import { contentRoutes } from "./contents.ts";
import { issueRoutes } from "./issues.ts";
import { memberRoutes } from "./members.ts";
import { mergingRoutes } from "./merging.ts";
import { peopleRoutes } from "./people.ts";
import { pullRoutes } from "./pulls.ts";
import { refRoutes } from "./refs.ts";
import { repositoryRoutes } from "./repository.ts";
import { reviewRequestRoutes } from "./review-requests.ts";
import { reviewRoutes } from "./reviews.ts";
import { statusRoutes } from "./statuses.ts";
import { teamRoutes } from "./teams.ts";
import type { Route } from "../http/reply.ts";

/** Everything that the REST API serves. What is not here is a 404, said loudly. */
export const routes: readonly Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...collaboratorRoutes,
  ...commentRoutes,
  ...contentRoutes,
  ...issueRoutes,
  ...memberRoutes,
  ...mergingRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...repositoryRoutes,
  ...reviewRequestRoutes,
  ...reviewRoutes,
  ...statusRoutes,
  ...teamRoutes,
];
