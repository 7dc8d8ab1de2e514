import AsyncSupport
import ConfigBackup
import ConfigModel
import SystemPackage

/// A backup in a file, read line by line in bounded memory.
struct BackupFile {
    private static let pieceSize = 1 << 18

    let path: String

    /// Reads it to its end and proves it.
    ///
    /// - Parameters:
    ///   - keys: whose signatures count; nil to count none.
    ///   - take: is given what the lines between the first and the last one hold.
    /// - Throws: `CommandFailure` that names the first line that does not hold, or says that the file cannot be read or is no
    ///   backup.
    func read(
        keys: TrustedKeys? = nil, _ phase: String, _ take: (BackupItem) async throws -> Void = { _ in }
    ) async throws -> BackupSummary {
        do {
            return try await readLines(keys, phase, take)
        } catch let fault as BackupFault {
            throw CommandFailure.refused("\(path) is no good backup. \(fault)").with(
                "line", .number(JSONNumber(fault.line)))
        }
    }

    private func readLines(
        _ keys: TrustedKeys?, _ phase: String, _ take: (BackupItem) async throws -> Void
    ) async throws -> BackupSummary {
        let descriptor = try opened()
        defer { if path != "-" { try? descriptor.close() } }
        var (lines, scan, progress) = (BackupLines(), BackupScan(keys: keys), BackupProgress(phase))
        defer { progress.end() }
        while let piece = try piece(descriptor) {
            if scan.lines == 0, !lines.hasRest { try requireBeginning(piece) }
            lines.append(piece)
            while let line = lines.next() {
                if let item = try scan.take(line) { try await take(item) }
            }
            if lines.isTooLong { throw BackupFault(line: scan.lines + 1, "It is longer than any line of a backup.") }
            progress.step(scan.counts.versions)
            try Task.checkCancellation()
        }
        return try scan.summary(hasRest: lines.hasRest)
    }

    /// Of another file no line needs to be looked at.
    private func requireBeginning(_ piece: [UInt8]) throws {
        if let form = Compression(beginning: piece) {
            throw BackupFault(line: 1, "It is compressed with \(form.rawValue): decompress it first.")
        }
        guard BackupHeader.mayBegin(piece) else {
            let name = path == "-" ? "Standard input" : path
            throw CommandFailure.refused("\(name) is not a backup of ConfigBus.").with("line", .number(JSONNumber(1)))
        }
    }

    /// Refuses what can be read once only, before it is read.
    func requireReadableTwice() throws {
        let descriptor = try opened()
        defer { try? descriptor.close() }
        do {
            try descriptor.seek(offset: 0, from: .start)
        } catch {
            throw CommandFailure.refused(
                "\(path) is a pipe, and a backup is read twice: write it into a file first. Nothing was changed.")
        }
    }

    private func opened() throws -> FileDescriptor {
        guard path != "-" else { return .standardInput }
        do {
            return try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
        } catch {
            throw CommandFailure.refused("Cannot read \(path): \(error).")
        }
    }

    /// Nil at the end.
    private func piece(_ descriptor: FileDescriptor) throws -> [UInt8]? {
        do {
            let piece = try [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { memory, count in
                count = try descriptor.read(into: UnsafeMutableRawBufferPointer(memory))
            }
            return piece.isEmpty ? nil : piece
        } catch {
            throw CommandFailure.refused("Cannot read \(path): \(error).")
        }
    }
}
