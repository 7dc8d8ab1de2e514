extension JSONValue {
    /// How two numbers are compared.
    enum NumberComparison {
        /// By their text, as everywhere: `1` and `1.0` are two numbers.
        case text
        /// By their value, as the operation `test` of a patch compares (RFC 6902, section 4.6).
        case value
    }

    /// Compares within a budget.
    func isEqual(
        to other: JSONValue, _ numbers: NumberComparison, _ budget: inout WorkBudget
    ) throws(WorkLimit) -> Bool {
        try budget.visit()
        switch (self, other) {
        case (.number(let left), .number(let right)) where numbers == .value:
            try budget.pass(bytes: left.text.utf8.count + right.text.utf8.count)
            return left.isEqualInValue(to: right)
        case (.array(let left), .array(let right)):
            guard left.count == right.count else { return false }
            for (left, right) in zip(left, right) {
                guard try left.isEqual(to: right, numbers, &budget) else { return false }
            }
            return true
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            for (left, right) in zip(left.members, right.members) {
                guard UTF8Order.areEqual(left.key, right.key),
                    try left.value.isEqual(to: right.value, numbers, &budget)
                else { return false }
            }
            return true
        default: return self == other
        }
    }

    /// True when no container is nested deeper than `limit` levels; looks at everything within a budget.
    func isWithin(depth limit: Int, _ budget: inout WorkBudget) throws(WorkLimit) -> Bool {
        try budget.visit()
        switch self {
        case .array(let elements):
            guard limit > 0 else { return false }
            for element in elements {
                guard try element.isWithin(depth: limit - 1, &budget) else { return false }
            }
        case .object(let object):
            guard limit > 0 else { return false }
            for member in object.members {
                guard try member.value.isWithin(depth: limit - 1, &budget) else { return false }
            }
        default: break
        }
        return true
    }
}
