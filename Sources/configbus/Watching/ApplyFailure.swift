import AsyncSupport
import ConfigModel
import ConfigWatcher
import Subprocess
import SystemPackage

/// Why a version does not take effect here.
struct ApplyFailure: ClassifiedFailure, CustomStringConvertible {
    let description: String
    let kind: RejectionKind

    init(_ description: String, _ kind: RejectionKind = .other) {
        self.description = description
        self.kind = kind
    }
}

/// The same, for a reason that has nothing to do with the version and may pass: it is tried again.
struct RetriedFailure: TransientFailure, ClassifiedFailure, CustomStringConvertible {
    let description: String
    var kind = RejectionKind.other
}

extension Errno {
    /// True when the system lacks something that it will have again.
    fileprivate var isTransient: Bool {
        switch self {
        case .noSpace, .diskQuotaExceeded, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem,
            .resourceTemporarilyUnavailable:
            true
        default: false
        }
    }
}

/// The failure of a command that could not be begun.
func commandFailure(_ flag: String, _ error: any Error) -> any Error {
    let cause = (error as? SubprocessError)?.underlyingError ?? error as? Errno
    let sentence = "\(flag) could not be run: \(cause.map { "\($0)" } ?? "\(error)")"
    guard let cause, cause.isTransient else { return ApplyFailure(sentence + ".", .command) }
    return RetriedFailure(description: sentence + ". It is tried again.", kind: .command)
}

/// The failure to write a file. Whatever is wrong with its place can be mended while this program runs, and no version is to
/// blame for it.
///
/// - Parameters:
///   - what: what could not be done, as the beginning of a sentence.
///   - path: the place of the file, when its folder may be the reason.
func writeFailure(_ what: String, at path: String? = nil, _ error: any Error) -> RetriedFailure {
    let again = "It is tried again until it can be written; SIGHUP tries it at once."
    if let error = error as? NotRegularFile { return RetriedFailure(description: "\(error) \(again)") }
    let reason = path.flatMap(OutputFolder.fault) ?? "\(error)"
    return RetriedFailure(description: "\(what): \(reason). \(again)")
}
