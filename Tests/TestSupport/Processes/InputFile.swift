import Foundation
import Glibc

/// A child's standard input: a file rather than a pipe, so that nobody has to feed it and a child that does not read it
/// disturbs nobody.
enum InputFile {
    /// Opens an unnamed file with these bytes.
    static func descriptor(holding bytes: [UInt8]) throws -> Int32 {
        var path = Array("\(NSTemporaryDirectory())/configbus-input-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw SystemCallFailed(call: "mkstemp", code: errno) }
        unlink(path)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(descriptor)
                throw SystemCallFailed(call: "write", code: errno)
            }
            rest = rest.dropFirst(count)
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }
}
