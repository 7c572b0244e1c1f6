/**
 * The hook that git itself asks before it moves a ref on a push. It reads `sandbox-rules`, one line a
 * protected branch: `<branch> <only app or -> <pull request only or -> <check or ->`, and
 * `sandbox-green`, one line a head that passes: `<branch> <oid>`. A merge made elsewhere is let through
 * a pull-request rule only when it is exactly what the forge would have made of a passing head.
 */
export const updateHook = `#!/bin/sh
ref=$1; old=$2; new=$3
zero=0000000000000000000000000000000000000000
refuse() {
  echo "error: GH013: Repository rule violations found for $ref." >&2
  echo "- $1" >&2
  exit 1
}
case "$ref" in
  refs/heads/*|refs/tags/*) ;;
  *) refuse "Cannot update this protected ref." ;;
esac
[ -f "$GIT_DIR/sandbox-rules" ] || exit 0
while read -r branch only pulls check; do
  [ "$ref" = "refs/heads/$branch" ] || continue
  [ "$new" = "$zero" ] && refuse "Cannot delete this branch"
  if [ "$only" != "-" ] && [ "$REMOTE_USER" != "app/$only" ]; then
    if [ "$old" = "$zero" ]; then refuse "Cannot create ref due to creations being restricted."; fi
    refuse "Cannot update this protected ref."
  fi
  if [ "$old" != "$zero" ]; then
    git merge-base --is-ancestor "$old" "$new" || refuse "Cannot force-push to this branch"
  fi
  if [ "$pulls" != "-" ]; then
    head=$(git rev-parse --verify --quiet "$new^2") || refuse "Changes must be made through a pull request."
    [ "$(git rev-parse "$new^1")" = "$old" ] || refuse "Changes must be made through a pull request."
    grep -q -x -F "$branch $head open" "$GIT_DIR/sandbox-green" || refuse "Changes must be made through a pull request."
    tree=$(git merge-tree --write-tree "$old" "$head") || refuse "Changes must be made through a pull request."
    [ "$tree" = "$(git rev-parse "$new^{tree}")" ] || refuse "Changes must be made through a pull request."
  elif [ "$check" != "-" ]; then
    grep -q -x -F "$branch $new" "$GIT_DIR/sandbox-green" || refuse "Required status check \\"$check\\" is expected."
  fi
done < "$GIT_DIR/sandbox-rules"
exit 0
`;
