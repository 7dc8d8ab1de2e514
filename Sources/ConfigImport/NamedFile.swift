/// A file with its name.
package struct NamedFile: Sendable {
    /// Without the folder.
    package let name: String
    /// What it holds.
    package let bytes: [UInt8]

    /// Puts both together.
    package init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    /// What stands behind the last dot; empty without one.
    var ending: String {
        name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    }
}
