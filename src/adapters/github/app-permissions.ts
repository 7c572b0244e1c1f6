import type { RestEndpointMethodTypes } from "@octokit/rest";

/** The permissions asked for in a token, with GitHub's own names: `{ checks: "write" }`. */
export type AppPermissions = NonNullable<
  NonNullable<
    RestEndpointMethodTypes["apps"]["createInstallationAccessToken"]["parameters"]
  >["permissions"]
>;
