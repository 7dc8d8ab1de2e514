/// What a route does, as far as permission is concerned. Each route of the `RouteTable` names one.
package enum Action: String, Sendable, CaseIterable {
    /// Says that the process runs, or is ready: for probes.
    case probe
    /// Reads the registry's health with its dependencies.
    case readHealth
    /// Reads counters and metrics.
    case monitor
    /// Reads documents that are named, in any version of them as a whole.
    case readDocument
    /// Lists documents.
    case listDocuments
    /// Reads what a document was, and what changed.
    case readHistory
    /// Follows changes.
    case watch
    /// Makes a document's next version.
    case writeDocument
    /// Makes a document's next version a deletion.
    case deleteDocument
    /// Reads the checkpoint of an audit log.
    case readAnchor
    /// Replaces the checkpoint of an audit log.
    case writeAnchor
}
