import ConfigWatcher
import Subprocess
import SystemPackage

/// Why a version does not take effect here.
struct ApplyFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The same, for a reason that passes by itself: the version is tried again.
struct RoomFailure: PassingFailure, CustomStringConvertible {
    let description: String
}

extension Errno {
    /// True when the system lacks something that it will have again.
    fileprivate var passes: Bool {
        switch self {
        case .noSpace, .diskQuotaExceeded, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem,
            .resourceTemporarilyUnavailable:
            true
        default: false
        }
    }
}

/// The failure that an error means, in a sentence that begins with what could not be done.
func applyFailure(_ what: String, _ error: any Error) -> any Error {
    let cause = (error as? SubprocessError)?.underlyingError ?? error as? Errno
    let sentence = "\(what): \(error)"
    guard let cause, cause.passes else { return ApplyFailure(sentence) }
    return RoomFailure(description: sentence + ". It is tried again.")
}
