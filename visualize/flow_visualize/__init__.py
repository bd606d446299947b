"""Pictures of pipelines as pure text. No IO."""
