extension JSONPatch {
    /// The patch that makes `new` of `old`: `apply(to: old) == new`.
    ///
    /// Objects are compared member by member. Of arrays the common beginning and end are left alone, the elements between
    /// are compared in pairs. Linear in the size of both but for the depth, and in the size of the patch, whose paths can be
    /// much longer than both values.
    package static func difference(
        from old: JSONValue, to new: JSONValue, budget: inout WorkBudget
    ) throws(WorkLimit) -> JSONPatch {
        var comparison = JSONComparison(budget: budget)
        defer { budget = comparison.budget }
        try comparison.compare(old, new)
        return JSONPatch(comparison.operations)
    }

    /// The same however much work it is, for a program that has nothing else to do.
    package static func difference(from old: JSONValue, to new: JSONValue) -> JSONPatch {
        var budget = WorkBudget(.max)
        // To replace everything is a patch too, should that budget not do.
        return (try? difference(from: old, to: new, budget: &budget)) ?? JSONPatch([.replace(JSONPointer(), new)])
    }
}

/// Two values that are compared, and what was found until now.
private struct JSONComparison {
    private(set) var operations: [JSONPatchOperation] = []
    private(set) var budget: WorkBudget
    /// Where the comparison is.
    private var path: [String] = []
    private var pathBytes = 0

    init(budget: WorkBudget) { self.budget = budget }

    mutating func compare(_ old: JSONValue, _ new: JSONValue) throws(WorkLimit) {
        try budget.visit()
        switch (old, new) {
        case (.object(let old), .object(let new)): try compare(old, new)
        case (.array(let old), .array(let new)): try compare(old, new)
        default: if old != new { try append { .replace($0, new) } }
        }
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject) throws(WorkLimit) {
        for pair in JSONMemberPairs(old: old, new: new) {
            try at(pair.key) { comparison throws(WorkLimit) in
                switch (pair.old, pair.new) {
                case (let old?, let new?): try comparison.compare(old, new)
                case (_?, nil): try comparison.append { .remove($0) }
                case (nil, let new?): try comparison.append { .add($0, new) }
                case (nil, nil): break
                }
            }
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue]) throws(WorkLimit) {
        var start = 0
        while start < min(old.count, new.count), try old[start].isEqual(to: new[start], .text, &budget) { start += 1 }
        var (oldEnd, newEnd) = (old.count, new.count)
        while oldEnd > start, newEnd > start, try old[oldEnd - 1].isEqual(to: new[newEnd - 1], .text, &budget) {
            (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1)
        }
        let pairedEnd = min(oldEnd, newEnd)
        for index in start..<pairedEnd {
            try at(String(index)) { comparison throws(WorkLimit) in try comparison.compare(old[index], new[index]) }
        }
        for index in (pairedEnd..<oldEnd).reversed() {
            try at(String(index)) { comparison throws(WorkLimit) in try comparison.append { .remove($0) } }
        }
        for index in pairedEnd..<newEnd {
            try at(String(index)) { comparison throws(WorkLimit) in try comparison.append { .add($0, new[index]) } }
        }
    }

    private mutating func at(
        _ token: String, _ body: (inout JSONComparison) throws(WorkLimit) -> Void
    ) throws(WorkLimit) {
        path.append(token)
        pathBytes += token.utf8.count
        try body(&self)
        path.removeLast()
        pathBytes -= token.utf8.count
    }

    private mutating func append(_ operation: (JSONPointer) -> JSONPatchOperation) throws(WorkLimit) {
        try budget.visit(1 + path.count)
        try budget.pass(bytes: pathBytes)
        operations.append(operation(JSONPointer(tokens: path)))
    }
}
