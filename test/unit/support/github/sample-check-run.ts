import { sampleUser } from "./sample-user.ts";

const url = "https://api.github.com/repos/acme/access/check-runs/4";

/** A complete, finished `check-run` as GitHub's description asks for it. */
export const sampleCheckRun: Readonly<Record<string, unknown>> = {
  id: 4,
  head_sha: "6dcb09b5b57875f334f61aebed695e2e4193db5e",
  node_id: "CR_4",
  external_id: "",
  url,
  html_url: "https://github.com/acme/access/runs/4",
  details_url: "https://countersign.example/pulls/7",
  status: "completed",
  conclusion: "failure",
  started_at: "2026-11-21T09:00:00Z",
  completed_at: "2026-11-21T09:00:01Z",
  output: {
    title: "One approval is missing",
    summary: "carol or judy can give it.",
    text: null,
    annotations_count: 0,
    annotations_url: `${url}/annotations`,
  },
  name: "countersign",
  check_suite: { id: 5 },
  app: {
    id: 1,
    slug: "countersign-gate",
    node_id: "A_1",
    client_id: "Iv1.countersign",
    owner: { ...sampleUser("acme", 9000), type: "Organization" },
    name: "Countersign gate",
    description: null,
    external_url: "https://countersign.example",
    html_url: "https://github.com/apps/countersign-gate",
    created_at: "2026-11-01T09:00:00Z",
    updated_at: "2026-11-01T09:00:00Z",
    permissions: { checks: "write", metadata: "read", contents: "write" },
    events: ["pull_request", "pull_request_review"],
  },
  pull_requests: [],
};
