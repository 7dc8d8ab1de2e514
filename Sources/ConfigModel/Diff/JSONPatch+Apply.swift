extension JSONPatch {
    /// Applies the operations in order; the first that fails fails the whole.
    ///
    /// - Parameter limits: A patch can copy what it copied before and so double the value with every operation; what goes
    ///   beyond the limits is refused before it is built.
    package func apply(
        to target: JSONValue, limits: ContentLimits = .default
    ) throws(JSONPatchError) -> JSONValue {
        var budget = WorkBudget()
        return try apply(to: target, limits: limits, budget: &budget)
    }

    /// The same within a budget: what an operation moves or looks at grows with the value, not with the patch.
    package func apply(
        to target: JSONValue, limits: ContentLimits, budget: inout WorkBudget
    ) throws(JSONPatchError) -> JSONValue {
        var application = JSONPatchApplication(value: target, limits: limits, budget: budget)
        defer { budget = application.budget }
        for (index, operation) in operations.enumerated() {
            do {
                try application.apply(operation)
            } catch {
                switch error {
                case .refused(let reason): throw JSONPatchError(operation: index, reason: reason)
                case .limit(let limit): throw JSONPatchError(operation: index, limit: limit)
                }
            }
        }
        return application.value
    }
}

/// A value on its way through the operations of a patch.
private struct JSONPatchApplication {
    private(set) var value: JSONValue
    private(set) var budget: WorkBudget
    private let limits: ContentLimits
    /// How many bytes may still be copied.
    private var copies: Int

    init(value: JSONValue, limits: ContentLimits, budget: WorkBudget) {
        self.value = value
        self.limits = limits
        self.budget = budget
        copies = limits.maximumBytes
    }

    mutating func apply(_ operation: JSONPatchOperation) throws(JSONEditError) {
        do { try budget.visit(1 + operation.path.tokens.count) } catch { throw .limit(error) }
        switch operation {
        case .add(let path, let added):
            try checkDepth(of: added, at: path)
            try value.add(added, at: path.tokens[...], &budget)
        case .remove(let path): _ = try value.remove(at: path.tokens[...], &budget)
        case .replace(let path, let replacement):
            try checkDepth(of: replacement, at: path)
            try value.replace(with: replacement, at: path.tokens[...])
        case .move(let source, let path):
            guard !path.isInside(source) else { throw JSONEditError("a value cannot be moved into itself") }
            let moved = try value.remove(at: source.tokens[...], &budget)
            // Nearer to the top it can only be less deep.
            if path.tokens.count > source.tokens.count { try checkDepth(of: moved, at: path) }
            try value.add(moved, at: path.tokens[...], &budget)
        case .copy(let source, let path): try copy(source, to: path)
        case .test(let path, let expected): try test(path, expected)
        }
    }

    private mutating func copy(_ source: JSONPointer, to path: JSONPointer) throws(JSONEditError) {
        let copied = try value.value(at: source.tokens[...])
        guard let length = copied.canonicalLength(upTo: copies) else {
            throw JSONEditError("the copies together are larger than \(limits.maximumBytes) bytes")
        }
        copies -= length
        try checkDepth(of: copied, at: path)
        try value.add(copied, at: path.tokens[...], &budget)
    }

    private mutating func test(_ path: JSONPointer, _ expected: JSONValue) throws(JSONEditError) {
        let found = try value.value(at: path.tokens[...])
        let isEqual: Bool
        do { isEqual = try found.isEqual(to: expected, .value, &budget) } catch { throw .limit(error) }
        guard isEqual else {
            throw JSONEditError(
                "the test failed: the value at \(JSONValue.string(path.description)) is another one")
        }
    }

    private mutating func checkDepth(of value: JSONValue, at path: JSONPointer) throws(JSONEditError) {
        let isWithin: Bool
        do {
            isWithin = try value.isWithin(depth: limits.maximumDepth - path.tokens.count, &budget)
        } catch {
            throw .limit(error)
        }
        guard isWithin else {
            throw JSONEditError("the result would be nested deeper than \(limits.maximumDepth) levels")
        }
    }
}

extension JSONPointer {
    /// True when this points to something inside what the other one points to.
    fileprivate func isInside(_ other: JSONPointer) -> Bool {
        tokens.count > other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { UTF8Order.areEqual($0, $1) }
    }
}
