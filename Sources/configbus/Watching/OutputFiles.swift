import AsyncSupport
import FoundationEssentials
import Glibc
import SystemPackage

/// Writes and replaces files. Waiting for the disk blocks; it happens on a queue of its own.
actor OutputFiles {
    private let executor = QueueExecutor(label: "configbus.output")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Writes what is to replace a file.
    func stage(_ bytes: [UInt8], for path: String, _ attributes: WantedAttributes) throws -> StagedFile {
        try StagedFile(for: path, holding: bytes, attributes.attributes(replacing: path))
    }

    /// Writes a file that nothing is replaced with, for a command to look at.
    func stage(_ bytes: [UInt8], named name: String) throws -> StagedFile {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        return try StagedFile(for: FilePath(folder).appending(name).string, holding: bytes, .ownerOnly)
    }

    /// Makes sure that a file is what was written.
    func verify(_ staged: StagedFile, holds bytes: [UInt8]) throws { try staged.verify(bytes) }

    /// Puts a file in its place.
    ///
    /// - Returns: what lay there; nil when nothing did.
    func replace(_ path: String, with staged: StagedFile) throws -> HeldFile? {
        let held: HeldFile?
        do {
            held = try HeldFile(path)
        } catch {
            staged.discard()
            throw error
        }
        do {
            try staged.commit()
        } catch {
            held?.discard()
            throw error
        }
        return held
    }

    /// Puts back what lay in a place, or clears the place when nothing did.
    ///
    /// - Returns: what lies there now; nil when nothing does.
    func putBack(_ held: HeldFile?, in path: String) throws -> [UInt8]? {
        guard let held else {
            try remove(path)
            return nil
        }
        let bytes = try held.bytes()
        try held.putBack()
        return bytes
    }

    /// Forgets what lay in a place.
    func forget(_ held: HeldFile?) { held?.discard() }

    /// Removes a file that was written for nothing.
    func discard(_ staged: StagedFile) { staged.discard() }

    private func remove(_ path: String) throws {
        // What another program put there meanwhile stays.
        guard try FileAttributes(replacing: path) != nil else { return }
        guard unlink(path) == 0 || errno == ENOENT else { throw Errno(rawValue: errno) }
        try DurableFile.syncDirectory(of: path)
    }
}
