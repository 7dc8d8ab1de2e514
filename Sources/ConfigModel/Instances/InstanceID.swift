/// The name of an instance: one running process, with any number of watchers.
///
/// It follows `[A-Za-z0-9][A-Za-z0-9._:-]{0,127}`, for example `web-7`.
public struct InstanceID: Hashable, Sendable {
    /// The name.
    public let text: String

    /// Checks a name.
    ///
    /// - Throws: `InvalidName`, whose description states the rule.
    public init(_ text: String) throws(InvalidName) { self.text = try NameRule.instance.check(text) }
}

extension InstanceID: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}

extension InstanceID: Comparable {
    /// Orders by the bytes of the names.
    public static func < (left: InstanceID, right: InstanceID) -> Bool { UTF8Order.isLess(left.text, right.text) }
}
