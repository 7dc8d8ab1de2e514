extension JSONNumber {
    /// True when both are the same number, however they are written: `1`, `1.0`, `1e0` and `10e-1`.
    ///
    /// Digits are compared, and nothing is computed with them: precision and range have no limit, and the time that it
    /// takes is that of reading both texts.
    package func isEqualInValue(to other: JSONNumber) -> Bool {
        text.utf8.elementsEqual(other.text.utf8) || DecimalNumber(self) == DecimalNumber(other)
    }

    /// The one way to write this number: two numbers are the same exactly when their normal forms are.
    package var normalized: JSONNumber {
        if let last = text.utf8.last, last != UInt8(ascii: "0"), text.utf8.count <= 18, int64 != nil { return self }
        return DecimalNumber(self).normalForm
    }
}

extension JSONValue {
    /// The same value with each number in its normal form, for comparing by value.
    package var normalized: JSONValue {
        switch self {
        case .number(let number): .number(number.normalized)
        case .array(let elements): .array(elements.map(\.normalized))
        case .object(let object):
            .object(JSONObject(sorted: object.members.map { JSONMember(key: $0.key, value: $0.value.normalized) }))
        default: self
        }
    }
}
