extension JSONPatch {
    /// Applies the operations in order; the first that fails fails the whole.
    ///
    /// - Parameter limits: A patch can copy what it copied before and so double the value with every operation; what goes
    ///   beyond the limits is refused before it is built.
    package func apply(
        to target: JSONValue, limits: ContentLimits = .default
    ) throws(JSONPatchError) -> JSONValue {
        var value = target
        var budget = limits.maximumBytes
        for (index, operation) in operations.enumerated() {
            do {
                try Self.apply(operation, to: &value, budget: &budget, limits: limits)
            } catch {
                throw JSONPatchError(operation: index, reason: error.reason)
            }
        }
        return value
    }

    private static func apply(
        _ operation: JSONPatchOperation, to value: inout JSONValue, budget: inout Int, limits: ContentLimits
    ) throws(JSONEditError) {
        switch operation {
        case .add(let path, let added):
            try checkDepth(of: added, at: path, limits: limits)
            try value.add(added, at: path.tokens[...])
        case .remove(let path): _ = try value.remove(at: path.tokens[...])
        case .replace(let path, let replacement):
            try checkDepth(of: replacement, at: path, limits: limits)
            try value.replace(with: replacement, at: path.tokens[...])
        case .move(let source, let path):
            guard !path.isInside(source) else { throw JSONEditError("a value cannot be moved into itself") }
            let moved = try value.remove(at: source.tokens[...])
            try checkDepth(of: moved, at: path, limits: limits)
            try value.add(moved, at: path.tokens[...])
        case .copy(let source, let path):
            let copied = try value.value(at: source.tokens[...])
            guard let length = copied.canonicalLength(upTo: budget) else {
                throw JSONEditError("the copies together are larger than \(limits.maximumBytes) bytes")
            }
            budget -= length
            try checkDepth(of: copied, at: path, limits: limits)
            try value.add(copied, at: path.tokens[...])
        case .test(let path, let expected):
            guard try value.value(at: path.tokens[...]) == expected else {
                throw JSONEditError(
                    "the test failed: the value at \(JSONValue.string(path.description)) is another one")
            }
        }
    }

    private static func checkDepth(
        of value: JSONValue, at path: JSONPointer, limits: ContentLimits
    ) throws(JSONEditError) {
        guard value.isWithin(depth: limits.maximumDepth - path.tokens.count) else {
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
