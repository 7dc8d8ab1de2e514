package import ConfigModel

/// What is waited for, and that it is waited for no longer.
package enum WatchCondition: Sendable, Equatable {
    /// The registry knows no such document.
    case missing(DocumentKey)
    /// The registry cannot say what the newest version of a document is; the sentence says why.
    case unanswered(DocumentKey, reason: String)
    /// The registry does not let this document be read; the sentence says why. The others are not affected.
    case refused(DocumentKey, reason: String)
    /// A document that was refused can be read.
    case granted(DocumentKey)
    /// The registry does not answer, or lets nothing be read; the sentence names its address, and the cause has a stable name.
    case registryAway(reason: String, cause: String)
    /// The registry answers again.
    case registryBack
    /// The source of events is not there, and only polling finds changes. The sentence
    /// names the source's address.
    case sourceAway(reason: String)
    /// The source of events stands again.
    case sourceBack
    /// The bus stands, and polling found a version that was not announced on it.
    case unannounced(DocumentKey, version: Int64, exchange: String?)
}
