/// Comparison of strings by their UTF-8 bytes.
///
/// Swift's own `==` and `<` compare by canonical equivalence, which joins U+00E9 with `e` and U+0301; JSON keys and
/// values must not be joined.
package enum UTF8Order {
    /// True when both have the same bytes.
    package static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && compare(left, right) == 0
    }

    /// True when the first comes before the second.
    package static func isLess(_ left: String, _ right: String) -> Bool { compare(left, right) < 0 }

    /// Below zero, zero or above zero as the first string comes before, at or after the second.
    package static func compare(_ left: String, _ right: String) -> Int {
        withBytes(left) { left in withBytes(right) { right in compare(left, right) } }
    }

    /// Hashes the bytes.
    package static func hash(_ text: String, into hasher: inout Hasher) {
        withBytes(text) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xff))
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let common = min(left.count, right.count)
        for index in 0..<common where left[index] != right[index] {
            return Int(left[index]) - Int(right[index])
        }
        return left.count - right.count
    }

    /// The bytes of a text for the time of a call. Native strings are contiguous; only a bridged one (not on Linux) is copied.
    package static func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        text.utf8.withContiguousStorageIfAvailable(body) ?? Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
