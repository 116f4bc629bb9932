/**
 * Optimizers in the memory of a GPU: the same order of calls as for arrays, with a kernel launched
 * for each pass. {@link org.blrc.runtime.cuda.Device} is all that is asked of a GPU; {@link
 * org.blrc.runtime.cuda.CudaDevice} is one, through the driver. Nothing native is loaded before a
 * device is opened.
 */
package org.blrc.runtime.cuda;
