import DurableFiles
import QueueActors

/// Replaces files whole. Waiting for the disk blocks; it happens on a queue of its own.
actor OutputFiles {
    private let executor = QueueExecutor(label: "configbus.output")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A new file gets 0600, another keeps its mode.
    func replace(_ path: String, with bytes: [UInt8]) throws {
        try DurableFile.replace(path, with: bytes, keepsMode: true)
    }
}
