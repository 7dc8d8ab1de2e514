/// What changed between two contents: by top-level key for people, as a patch for programs.
package struct DocumentDiff: Sendable, Equatable {
    /// A top-level key that both contents have, with different values.
    package struct Change: Sendable, Equatable {
        /// The value before.
        package let old: JSONValue
        /// The value after.
        package let new: JSONValue
    }

    /// Members that only the new content has.
    package let added: JSONObject
    /// Members that only the old content has.
    package let removed: JSONObject
    /// Members that both have with different values, in the order of their keys.
    package let changed: [(key: String, change: Change)]
    /// The deep difference (RFC 6902).
    package let patch: JSONPatch

    /// Compares two contents.
    ///
    /// - Throws: `WorkLimit` when comparing costs more than the budget.
    package init(old: JSONObject, new: JSONObject, budget: inout WorkBudget) throws(WorkLimit) {
        var added: [JSONMember] = []
        var removed: [JSONMember] = []
        var changed: [(key: String, change: Change)] = []
        for pair in JSONMemberPairs(old: old, new: new) {
            switch (pair.old, pair.new) {
            case (nil, let new?): added.append(JSONMember(key: pair.key, value: new))
            case (let old?, nil): removed.append(JSONMember(key: pair.key, value: old))
            case (let old?, let new?):
                guard try !old.isEqual(to: new, .text, &budget) else { continue }
                changed.append((pair.key, Change(old: old, new: new)))
            case (nil, nil): break
            }
        }
        self.added = JSONObject(sorted: added)
        self.removed = JSONObject(sorted: removed)
        self.changed = changed
        patch = try JSONPatch.difference(from: .object(old), to: .object(new), budget: &budget)
    }

    /// True when the contents are equal.
    package var isEmpty: Bool { patch.operations.isEmpty }

    package static func == (left: DocumentDiff, right: DocumentDiff) -> Bool {
        left.added == right.added && left.removed == right.removed && left.patch == right.patch
            && left.changed.elementsEqual(right.changed) {
                UTF8Order.areEqual($0.key, $1.key) && $0.change == $1.change
            }
    }

    /// Appends the members `added`, `removed`, `changed` and `patch` to an object that is being written.
    package func appendMembers(to writer: inout JSONWriter) {
        writer.member("added", .object(added))
        writer.member("removed", .object(removed))
        writer.object("changed") { changes in
            for (key, change) in changed {
                changes.object(key) { pair in
                    pair.member("old", change.old)
                    pair.member("new", change.new)
                }
            }
        }
        writer.array("patch") { list in
            for operation in patch.operations { operation.appendJSON(to: &list) }
        }
    }
}
