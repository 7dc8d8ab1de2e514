import NIOCore
import SystemPackage

extension CommandFailure {
    /// Why a registry could not begin to listen; nil for an error that has another reason.
    init?(listening error: any Error, _ settings: ServeSettings) {
        guard let error = error as? IOError else { return nil }
        self.init(
            .unreachable,
            "Cannot listen at \(settings.authority(port: settings.port)): \(Errno(rawValue: error.errnoCode)). "
                + "Choose another port with --port; 0 takes a free one.")
    }
}
