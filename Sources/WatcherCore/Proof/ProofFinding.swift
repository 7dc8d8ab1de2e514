/// What has to be done after something was learnt about one document.
enum ProofFinding: Sendable, Equatable {
    /// Read the document.
    case read(ReadRequest)
    /// This is proven and newer than what was proven before, or it was requested in any case.
    case proven(DocumentVersion)
    /// What was proven is still the newest.
    case confirmed
    /// The document never existed.
    case unknown
    /// Something was refused; it is reported only when it is news.
    case refused(Refused, isNews: Bool)
    /// The bus should have announced this version, and did not.
    case unannounced(version: Int64)
    /// The registry did not answer.
    case unreachable(reason: String)
    /// A demand, and all before it, got its response; with the reason if there was none that counts.
    case demandAnswered(number: Int, failure: String?)
}

/// Something that was refused.
struct Refused: Sendable, Equatable {
    /// Who said it.
    enum Source: Sendable, Equatable {
        /// An event from the bus, which others may have put there too.
        case event
        /// The registry itself.
        case registry
        /// The file of the last run.
        case cache
    }

    let version: Int64
    let contentHash: String?
    let reason: Refusal
    let source: Source
}
