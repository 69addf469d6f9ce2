/**
 * Between the closed file of a capture and its upload: runs the pass that makes the uploaded file,
 * has its packets analysed on the way, and remembers in the spool what came of it ({@link
 * io.alertcap.capturer.prepare.UploadPreparation}).
 */
@NullMarked
package io.alertcap.capturer.prepare;

import org.jspecify.annotations.NullMarked;
