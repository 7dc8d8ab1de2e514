/// A secret that no description, interpolation or dump shows.
struct Password: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let value: String

    var description: String { "<redacted>" }

    var customMirror: Mirror { Mirror(self, children: []) }
}
