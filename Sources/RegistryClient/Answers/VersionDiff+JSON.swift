import ConfigModel

extension VersionDiff {
    init(json object: JSONObject) throws(JSONFieldError) {
        var changes: [Change] = []
        for (key, value) in try object.object("changed") {
            guard case .object(let pair) = value, let old = pair["old"], let new = pair["new"] else {
                throw JSONFieldError(field: key, problem: .invalid("a change has 'old' and 'new'."))
            }
            changes.append(Change(key: key, old: old, new: new))
        }
        self.init(
            key: try object.answeredKey(), oldVersion: try object.int64("old_version"),
            newVersion: try object.int64("new_version"), added: try object.object("added"),
            removed: try object.object("removed"), changed: changes, patch: .array(try object.array("patch")))
    }
}
