import ConfigModel

/// The candidate of a rollout that an instance runs.
package struct RolloutReference: Sendable, Hashable {
    /// The rollout's name, for example `r-7`.
    package var id: String
    /// The candidate's number, from 1.
    package var version: Int64

    /// Puts a reference together.
    package init(id: String, version: Int64) {
        self.id = id
        self.version = version
    }
}

extension RolloutReference {
    init(_ part: ReportPart) throws(Problem) {
        self.init(id: try part.text("id", atMost: 128), version: try part.number("version", from: 1))
        part.countUnknown(["id", "version"])
    }

    func write(to object: inout JSONWriter) {
        object.member("id", id)
        object.member("version", version)
    }
}
