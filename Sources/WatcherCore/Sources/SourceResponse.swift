public import ConfigModel

/// What a source responds to a read of one document's newest version.
public enum SourceResponse: Sendable, Equatable {
    /// The newest version, a tombstone included.
    case version(DocumentVersion)
    /// The version of the request's ETag is the newest; with what the source knows about it, if it says so.
    case notModified(SignedFacts? = nil)
    /// The document never existed.
    case unknown
    /// The source has not reached the version that the request asks for.
    case behind(reason: String)
    /// The newest version is damaged in the source's store, so that it is not served.
    case damaged(version: Int64)
    /// The newest version, with this number, is none that can be read, and why; the source says so when there is another.
    case unreadable(version: Int64, reason: String)
    /// Nothing is known; it is read again later.
    case failed(SourceFailure)
}

/// Why a source could not be read.
public struct SourceFailure: Error, Sendable, Equatable {
    /// What cannot be read.
    public enum Scope: Sendable, Equatable {
        /// No document: the source is away, or grants nothing.
        case source
        /// This document.
        case document
        /// Versions are not announced; reads still work.
        case announcements
        /// Nothing is wrong with the source or the document, for example when the read was cancelled.
        case read
    }

    /// One sentence that a person can act on.
    public let reason: String
    /// A stable name of the cause: the same cause is logged once, however the sentence differs.
    public let cause: String
    /// What cannot be read.
    public let scope: Scope
    /// How long the source asked to wait before the next read.
    public let retryAfter: Duration?
    /// It lasts until a person repairs something: a credential, a certificate, a name.
    public let needsRepair: Bool

    /// Describes a failure.
    ///
    /// - Parameters:
    ///   - reason: one sentence that a person can act on.
    ///   - cause: a stable name of the cause; nil takes the reason.
    ///   - scope: what cannot be read.
    ///   - retryAfter: how long the source asked to wait before the next read.
    ///   - needsRepair: true when it lasts until a person repairs something.
    public init(
        _ reason: String, cause: String? = nil, scope: Scope = .document, retryAfter: Duration? = nil,
        needsRepair: Bool = false
    ) {
        self.reason = reason
        self.cause = cause ?? reason
        self.scope = scope
        self.retryAfter = retryAfter
        self.needsRepair = needsRepair
    }
}

extension SourceFailure {
    /// How long a source is left alone that asked for it: for a moment at least, and not for longer than five minutes, because
    /// what asks for more is an error of something on the way.
    package static func pause(requested: Duration?) -> Duration? {
        requested.map { min(max($0, .milliseconds(100)), .seconds(300)) }
    }
}
