import NIOCore
import SystemPackage

extension CommandFailure {
    /// Why a registry could not begin to listen; nil for an error that has another reason.
    init?(listening error: any Error, _ settings: ServeSettings) {
        guard let error = error as? IOError else { return nil }
        self.init(listening: Errno(rawValue: error.errnoCode), settings)
    }

    /// Why a registry cannot listen.
    init(listening reason: Errno, _ settings: ServeSettings) {
        let advice =
            switch reason {
            case .addressNotAvailable, .addressFamilyNotSupported:
                "Choose another address with --host, such as 127.0.0.1."
            case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "Raise the limit of open files (ulimit -n)."
            default: "Choose another port with --port; 0 takes a free one."
            }
        self.init(.unreachable, "Cannot listen at \(settings.authority(port: settings.port)): \(reason). \(advice)")
    }
}
