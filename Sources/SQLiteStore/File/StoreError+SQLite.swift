import ConfigStore
import GRDB

extension StoreError {
    /// What an error of a database call means to the caller of the store.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case is CancellationError:
            self = .unavailable("The call was cancelled before the embedded store had finished it.")
        default: self = .invalid("The file \(path): \(error).")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let said = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full("there is no room left for \(path): free some space on the disk.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .invalid("The file \(path) is damaged (\(said)): restore it from a backup.")
        case .SQLITE_TOOBIG:
            self = .tooLarge("\(path): \(said).")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self = .invalid("The file \(path) cannot be written (\(said)): check its permissions.")
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_INTERRUPT:
            self = .unavailable("The file \(path) cannot be used at the moment: \(said).")
        default: self = .invalid("The file \(path): \(said).")
        }
    }
}
